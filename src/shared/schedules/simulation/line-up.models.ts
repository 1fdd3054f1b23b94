import type { Timeline } from './meetings.models.ts';
import type { Simulated } from './simulation.types.ts';

/** What waiting comes to for one schedule when a cluster is backed up by one run at a time. */
export type LineUp = { waits: number; longest: number; at: number[]; skipped: number };

/** Runs one after the other, each as long as usual, and says who has to wait longer than `grace`. */
export function lineUp(
  schedules: readonly Simulated[],
  starts: Timeline,
  graceOf: (schedule: Simulated) => number,
): Map<Simulated, LineUp> {
  const found = new Map<Simulated, LineUp>();
  const graces = schedules.map(graceOf);
  const busyUntil = new Float64Array(schedules.length);
  let free = 0;
  for (const [place, at] of starts.at.entries()) {
    const index = starts.index[place] ?? 0;
    const schedule = schedules[index];
    if (!schedule) continue;
    const mine = lineOf(schedule, found);
    if ((busyUntil[index] ?? 0) > at) {
      mine.skipped += 1;
      continue;
    }
    const wait = Math.max(0, free - at);
    free = Math.max(free, at) + schedule.duration.p50;
    busyUntil[index] = free;
    if (wait <= (graces[index] ?? 0)) continue;
    mine.waits += 1;
    mine.longest = Math.max(mine.longest, wait);
    if (mine.at.length < 5) mine.at.push(at);
  }
  return found;
}

function lineOf(schedule: Simulated, found: Map<Simulated, LineUp>): LineUp {
  const before = found.get(schedule);
  if (before) return before;
  const fresh = { waits: 0, longest: 0, at: [], skipped: 0 };
  found.set(schedule, fresh);
  return fresh;
}
