import { setImmediate } from 'node:timers/promises';
import { dayLength } from '#shared/time/lengths.models.ts';
import type { Clock } from '../../platform/clock.ts';
import type { RunsThinRepository } from './thin.repository.ts';

/** A year can be compared with the one before, month by month: history outlives what it is about. */
const runsFor = 400 * dayLength;
/** Line by line a run is looked at while somebody still asks what went wrong. */
const logsFor = 30 * dayLength;

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
