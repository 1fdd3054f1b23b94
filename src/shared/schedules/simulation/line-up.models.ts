import { type Slots, timeline } from './meetings.models.ts';
import type { Simulated } from './simulation.types.ts';

/** What waiting comes to for one schedule when a cluster is backed up by one run at a time. */
export type LineUp = { waits: number; longest: number; at: number[]; skipped: number };

/** Runs one after the other, each as long as usual, and says who has to wait longer than `grace`. */
export function lineUp(
  schedules: readonly Simulated[],
  slots: Slots,
  graceOf: (schedule: Simulated) => number,
): Map<Simulated, LineUp> {
  const found = new Map<Simulated, LineUp>();
  const busyUntil = new Map<Simulated, number>();
  let free = 0;
  for (const { at, index } of timeline(schedules, slots)) {
    const schedule = schedules[index];
    if (!schedule) continue;
    const mine = found.get(schedule) ?? { waits: 0, longest: 0, at: [], skipped: 0 };
    found.set(schedule, mine);
    if ((busyUntil.get(schedule) ?? 0) > at) {
      mine.skipped += 1;
      continue;
    }
    const wait = Math.max(0, free - at);
    free = Math.max(free, at) + schedule.duration.p50;
    busyUntil.set(schedule, free);
    if (wait <= graceOf(schedule)) continue;
    mine.waits += 1;
    mine.longest = Math.max(mine.longest, wait);
    if (mine.at.length < 5) mine.at.push(at);
  }
  return found;
}
