import { nextRun } from '../cron/cron.models.ts';
import { dayLength, type Simulated, simulatedDays } from './simulation.types.ts';

/** The slots of a schedule that the simulation looks at, at most: every five minutes for 14 days is 4,032. */
const mostSlots = 5000;

/** When its runs would begin in the next 14 days, jitter included, in order. */
export function slotsOf(
  { timetable, jitter, pausedUntil }: Simulated,
  now: number,
  until = now + simulatedDays * dayLength,
): number[] {
  const slots: number[] = [];
  if (timetable === null) return slots;
  const from = Math.max(now, pausedUntil ?? now);
  if (from > until) return slots;
  let at = nextRun(timetable, from);
  while (at !== null && at <= until && slots.length < mostSlots) {
    slots.push(at + jitter);
    at = nextRun(timetable, at);
  }
  return slots;
}

/** The shortest and the longest time between two slots; null: there are no two. */
export function gapsOf(slots: readonly number[]): { shortest: number; longest: number } | null {
  if (slots.length < 2) return null;
  let [shortest, longest] = [Infinity, 0];
  for (let index = 1; index < slots.length; index += 1) {
    const gap = (slots[index] ?? 0) - (slots[index - 1] ?? 0);
    shortest = Math.min(shortest, gap);
    longest = Math.max(longest, gap);
  }
  return { shortest, longest };
}
