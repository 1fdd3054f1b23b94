import type * as z from 'zod/mini';
import {
  type coverageApi,
  coverageStates,
  coverageSubjects,
} from '#shared/coverage/coverage.contract.ts';
import { type CoverageView, matches, sortKey } from '#shared/coverage/coverage.models.ts';
import type { Clock } from '../../platform/clock.ts';
import { decodeCursor, pageOf, textKey } from '../../platform/cursor.models.ts';
import type { Reach } from '../../platform/runs.types.ts';
import { type Snapshot, type SnapshotNeeds, takeSnapshot } from './snapshot.ts';
import { viewOf } from './view.models.ts';

/** How long an answer is good for when nothing is heard of the cluster, milliseconds. */
const freshFor = 5000;

type Kept = { at: number; snapshot: Promise<Snapshot>; whole: CoverageView | null };
export type Coverage = ReturnType<typeof createCoverage>;

/** What covers each cluster, judged once for everybody who asks within a few seconds. */
export function createCoverage(needs: SnapshotNeeds & { clock: Clock }) {
  const kept = new Map<string, Kept>();
  const current = (cluster: string): Kept => {
    const now = needs.clock().epochMilliseconds;
    const before = kept.get(cluster);
    if (before && now - before.at < freshFor) return before;
    const entry: Kept = { at: now, snapshot: takeSnapshot(cluster, needs), whole: null };
    entry.snapshot.catch(() => kept.delete(cluster));
    kept.set(cluster, entry);
    return entry;
  };
  return {
    of: async (cluster: string, reach: Reach): Promise<CoverageView> => {
      const entry = current(cluster);
      const snapshot = await entry.snapshot;
      if (reach !== 'all') return viewOf(snapshot, reach);
      entry.whole ??= viewOf(snapshot, 'all');
      return entry.whole;
    },
    /** Something changed that coverage is judged by. */
    forget: (cluster: string): void => void kept.delete(cluster),
  };
}

type Query = z.output<NonNullable<(typeof coverageApi)['list']['query']>>;

/** A page of it; facets leave out their own filter. */
export function listCoverage(view: CoverageView, query: Query) {
  const after = query.cursor === undefined ? '' : decodeCursor(textKey, query.cursor)[0];
  const found = view.items.filter((item) => matches(item, query));
  const rest = after === '' ? found : found.filter((item) => sortKey(item) > after);
  const count = (filter: Query) => view.items.filter((item) => matches(item, filter)).length;
  return {
    ...pageOf(rest.slice(0, query.limit + 1), query.limit, (item) => [sortKey(item)]),
    total: found.length,
    facets: {
      state: coverageStates.map((value) => ({ value, items: count({ ...query, state: value }) })),
      subject: coverageSubjects.map((value) => ({
        value,
        items: count({ ...query, subject: value }),
      })),
    },
    seen: view.seen,
  };
}
