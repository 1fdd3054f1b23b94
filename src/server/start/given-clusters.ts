import { startSandbox } from '../../sandbox/sandbox.ts';
import type { GivenCluster } from '../features/clusters/enlist.ts';
import { inCluster } from '../kubernetes/in-cluster.ts';
import { loadKubeconfig } from '../kubernetes/kubeconfig.ts';
import type { Config } from '../platform/config/config.ts';
import { contextNotThere } from './start.errors.ts';

type Found = { clusters: GivenCluster[]; close: () => Promise<void> };
type Env = Readonly<Record<string, string | undefined>>;

const nothingToClose = async () => {};

/**
 * The clusters of this start: those of the kubeconfig files that were named (all contexts), or the one
 * context that is meant, or the account of the pod, or, when there is none of them, the sandbox.
 */
export async function findClusters(config: Config, env: Env): Promise<Found> {
  if (config.cluster === 'sandbox') return sandboxOnly();
  const named = config.kubeconfig ?? [];
  const { contexts, current } = await loadKubeconfig({ paths: named, env });
  const wanted = config.cluster ?? current;
  const known = contexts.map(({ name }) => name);
  if (config.cluster && !known.includes(config.cluster))
    throw contextNotThere(config.cluster, known);
  const first = wanted ?? known[0];
  const chosen = named.length > 0 ? contexts : contexts.filter(({ name }) => name === first);
  const clusters = chosen.map((context) => ({
    ...context,
    kind: 'kubeconfig' as const,
    isDefault: context.name === first,
  }));
  if (clusters.length > 0) return { clusters, close: nothingToClose };
  const account = inCluster({ env });
  if (!account) return sandboxOnly();
  return { clusters: [{ ...account, kind: 'inCluster', isDefault: true }], close: nothingToClose };
}

async function sandboxOnly(): Promise<Found> {
  const sandbox = await startSandbox({ estate: 'demo', churn: true });
  const source = async () => ({ server: sandbox.server, credentials: { token: sandbox.token } });
  return {
    clusters: [
      { name: 'sandbox', kind: 'sandbox', server: sandbox.server, source, isDefault: true },
    ],
    close: sandbox.close,
  };
}
