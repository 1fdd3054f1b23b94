import { isLinkLocal } from '../platform/http/addresses.models.ts';
import { asToken, createConnectionSource, serverOf } from './connection-source.ts';
import {
  contextMissing,
  contextUnknown,
  kubeconfigInvalid,
  linkLocalAddress,
  pathRefused,
  programRefused,
} from './kubeconfig.errors.ts';
import {
  type ClusterEntry,
  type Kubeconfig,
  type NamedContext,
  mergeKubeconfigs,
} from './kubeconfig.models.ts';
import { type KubeconfigContext, parseKubeconfig } from './kubeconfig.ts';

const where = 'The kubeconfig';

/**
 * One context (default: the current one) of a kubeconfig that came as text through the API. It must
 * hold all it needs: exec plugins, auth providers and file paths anywhere in it are refused, because
 * they would run programs and read files on the server. Throws `ProblemError`s.
 */
export function parseInlineKubeconfig(
  text: string,
  context?: string,
): KubeconfigContext & { server: string } {
  const config = parseKubeconfig(text, where);
  refuseReach(config);
  const { contexts, current } = mergeKubeconfigs([{ where, directory: '/nowhere', config }]);
  const name = context ?? current;
  if (name === null) throw contextMissing();
  const found = contexts.find((one) => one.name === name);
  if (!found) throw contextUnknown(where, name);
  return { name, server: addressOf(found), source: createConnectionSource(found, fixed) };
}

/** Nothing here expires or depends on the environment of the server. */
const fixed = { env: {}, now: () => 0, guarded: true } as const;

function addressOf({ cluster, clusterName }: NamedContext): string {
  if (!cluster) throw kubeconfigInvalid(where, `there is no cluster ${clusterName}`);
  const server = serverOf(cluster);
  if (server !== null) {
    refuseLinkLocal(cluster.entry);
    return server;
  }
  throw kubeconfigInvalid(where, `the server of cluster ${clusterName} is not an http(s) address`);
}

/** A proxy is an address too. */
function refuseLinkLocal({ server, 'proxy-url': proxy }: ClusterEntry): void {
  const hosts = [server, proxy].map((address) => URL.parse(address ?? '')?.hostname ?? '');
  const found = hosts.find(isLinkLocal);
  if (found !== undefined) throw linkLocalAddress(found);
}

function refuseReach(config: Kubeconfig): void {
  for (const { name, user } of config.users ?? []) {
    if (user?.exec) throw programRefused('exec');
    if (user?.['auth-provider']) throw programRefused('auth-provider');
    if (user?.token) asToken(user.token, { where, name });
    refusePaths(user, ['client-certificate', 'client-key', 'tokenFile']);
  }
  for (const { cluster } of config.clusters ?? []) refusePaths(cluster, ['certificate-authority']);
}

function refusePaths(entry: object | null | undefined, fields: readonly string[]): void {
  const named = new Map<string, unknown>(Object.entries(entry ?? {}));
  const found = fields.find((field) => named.get(field));
  if (found !== undefined) throw pathRefused(found);
}
