import type { Backup } from '#shared/backups/backups.contract.ts';
import type { Cluster } from '#shared/clusters/clusters.contract.ts';
import type { Run } from '#shared/runs/runs.contract.ts';
import { count, figure, relative, size } from '#shared/words/format.models.ts';

export type ClusterOverview = {
  cluster: Cluster;
  /** Newest first. */
  backups: readonly Backup[];
  /** Not over yet. */
  runs: readonly Run[];
  /** Why the two above could not be read. */
  problem: string | null;
};

/** The first line of the page: never says more than is known; the worst comes first. */
export function headline(overviews: readonly ClusterOverview[], now: number): string {
  const [first] = overviews;
  if (first === undefined) return 'No cluster is looked after yet';
  const worst = overviews.find(({ cluster }) => cluster.identityChanged);
  if (worst) return `${worst.cluster.id} may be another cluster than before`;
  const bare = overviews.find(
    ({ backups, problem }) => problem === null && !backups.some(isUsable),
  );
  if (bare) return `${bare.cluster.id} has no backup that could be restored`;
  const unreadable = overviews.find(({ problem }) => problem !== null);
  if (unreadable) return `It is unknown how old the backups of ${unreadable.cluster.id} are`;
  return `The oldest of the newest backups was made ${relative(oldest(overviews), now)}`;
}

const isUsable = ({ state }: Backup): boolean => state === 'completed' || state === 'partial';

const oldest = (overviews: readonly ClusterOverview[]): string =>
  overviews
    .flatMap(({ backups }) => backups.find(isUsable)?.startedAt ?? [])
    .reduce((a, b) => (Date.parse(a) < Date.parse(b) ? a : b));

/** How a cluster is, in one sentence. */
export function clusterSentence({ cluster }: ClusterOverview): string {
  if (cluster.identityChanged)
    return 'Its identity changed: backups stop until an administrator says whether it is the same cluster, rebuilt.';
  if (cluster.problem !== null) return cluster.problem;
  const version = cluster.version === null ? '' : ` Kubernetes ${cluster.version}`;
  switch (cluster.state) {
    case 'available':
      return cluster.source === 'sandbox'
        ? `A made-up cluster to try things out, with${version}.`
        : `It answers, with${version}.`;
    case 'readOnly':
      return `It can be backed up; Lifeboat may not restore into it.${version}`;
    case 'unavailable':
      return 'It does not answer.';
    case 'unknown':
      return 'It has not been asked yet.';
  }
}

/** What a backup holds and lacks. */
export function backupSentence(backup: Backup): string {
  const holds = `${count(backup.objects, 'object')}, ${size(backup.bytes)}`;
  const scope =
    backup.namespaces === null ? 'the whole cluster' : count(backup.namespaces.length, 'namespace');
  const lacks = [
    backup.kindsNotRead > 0 ? `${count(backup.kindsNotRead, 'kind')} not backed up` : '',
    backup.volumesNotBackedUp > 0
      ? `data of ${count(backup.volumesNotBackedUp, 'volume')} not backed up`
      : '',
  ].filter((part) => part !== '');
  return [`${holds} of ${scope}`, ...lacks].join(' · ');
}

/** What a run does right now. */
export function runSentence({ reason, progress: { doing, items, bytes } }: Run): string {
  const done =
    items.total === null ? figure(items.done) : `${figure(items.done)} of ${figure(items.total)}`;
  const parts = [reason ?? doing, done, bytes.done > 0 ? size(bytes.done) : ''];
  return parts.filter((part) => part !== '').join(' · ');
}
