import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../platform/clock.ts';
import type { RunsThinRepository } from './thin.repository.ts';

const day = 24 * 60 * 60 * 1000;

/** A year can be compared with the one before, month by month: history outlives what it is about. */
const runsFor = 400 * day;
/** Line by line a run is looked at while somebody still asks what went wrong. */
const logsFor = 30 * day;

/** In small steps with room between them: SQLite works in the thread that answers people. */
export async function thinRuns({
  thinning,
  clock,
}: {
  thinning: { runs: RunsThinRepository };
  clock: Clock;
}): Promise<void> {
  const now = clock().epochMilliseconds;
  for (const run of await thinning.runs.withLog(now - logsFor)) {
    await thinning.runs.removeLog(run);
    await setImmediate();
  }
  while (await thinning.runs.removeSomeRuns(now - runsFor)) await setImmediate();
}
