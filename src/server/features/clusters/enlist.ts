import type { Cluster } from '#shared/clusters/clusters.contract.ts';
import { clusterId } from '../../kubernetes/cluster-id.models.ts';
import type { Log } from '../../platform/log.ts';
import type { ClusterRow } from './clusters.repository.ts';
import type { ClusterNeeds } from './clusters.usecases.ts';
import { opened } from './credentials.ts';
import type { Reached } from './registry.ts';

/** A cluster given at start: a context of a kubeconfig, the service account, or the sandbox. */
export type GivenCluster = Reached & {
  name: string;
  kind: Exclude<Cluster['source'], 'api'>;
  isDefault: boolean;
};

type Needs = ClusterNeeds & { log: Log };

/** At start: those given, and those that were added through the API. Ids stay what they were. */
export async function enlist(given: readonly GivenCluster[], needs: Needs): Promise<void> {
  const rows = await needs.clusters.all();
  const taken = new Set(rows.map(({ id }) => id));
  for (const one of given) {
    const known = rows.find(({ name, source }) => name === one.name && source !== 'api');
    const id = known?.id ?? clusterId(one.name, taken);
    taken.add(id);
    const row = rowOf(one, { id, known, now: needs.clock().epochMilliseconds });
    await needs.clusters.put(row);
    needs.registry.join(row, one, one);
  }
  for (const row of rows.filter(({ source, removed_at }) => source === 'api' && !removed_at))
    joinAdded(row, needs);
}

function rowOf(
  { name, kind }: GivenCluster,
  { id, known, now }: { id: string; known: ClusterRow | undefined; now: number },
): ClusterRow {
  const uid = known?.uid ?? null;
  const added_at = known?.added_at ?? now;
  return { id, name, source: kind, credentials: null, uid, added_at, removed_at: null };
}

/** One whose credentials cannot be opened is shown as unavailable, with the reason. */
function joinAdded(row: ClusterRow, { registry, keyring, log }: Needs): void {
  const isDefault = registry.all().length === 0;
  try {
    registry.join(row, opened(keyring, row.id, row.credentials ?? ''), { isDefault });
  } catch (error) {
    log.error({ err: error, cluster: row.id }, 'credentials of a cluster cannot be opened');
    const source = async () => Promise.reject(error);
    registry.join(row, { server: null, source }, { isDefault });
  }
}
