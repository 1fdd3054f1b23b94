import type { Log } from '../platform/log.ts';

type Looking = {
  all: () => readonly { row: { id: string } }[];
  check: (id: string, maxAge: number) => Promise<unknown>;
};

/** Asks every cluster once, so that the first page need not; what fails here is asked again by that page. */
export function lookAtAll(clusters: Looking, log: Log): void {
  for (const { row } of clusters.all())
    clusters
      .check(row.id, 0)
      .catch((error: unknown) => log.warn({ err: error, cluster: row.id }, 'not looked at'));
}
