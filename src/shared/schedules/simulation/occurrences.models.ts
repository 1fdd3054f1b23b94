import { dayLength } from '../../time/lengths.models.ts';
import { nextRun } from '../cron/cron.models.ts';
import type { Stretch } from '../window.models.ts';
import { type Simulated, simulatedDays } from './simulation.types.ts';

/** Slots that are looked at of one schedule: each minute for 14 days is 20,160. */
const mostSlots = 20_200;
/** Of all together, so that thousands of dense schedules do not stop the server. */
const mostOfAll = 2_000_000;

/** Slots that are looked at of each of so many schedules. */
export const slotsOfEach = (schedules: number): number =>
  Math.min(mostSlots, Math.max(500, Math.floor(mostOfAll / Math.max(1, schedules))));

/** When its runs would begin in the next 14 days, jitter included, in order. */
export function slotsOf(
  { timetable, jitter, pausedUntil }: Simulated,
  now: number,
  {
    until = now + simulatedDays * dayLength,
    most = mostSlots,
  }: { until?: number; most?: number } = {},
): number[] {
  const slots: number[] = [];
  if (timetable === null) return slots;
  const from = Math.max(now, pausedUntil ?? now);
  if (from > until) return slots;
  let at = nextRun(timetable, from);
  while (at !== null && at <= until && slots.length < most) {
    slots.push(at + jitter);
    at = nextRun(timetable, at);
  }
  return slots;
}

/** The time in which all its slots are known: the 14 days, or less of one that comes too often. */
export function lookedAt(
  { timetable, jitter }: Simulated,
  slots: readonly number[],
  now: number,
): Stretch {
  const until = now + simulatedDays * dayLength;
  const last = slots.at(-1);
  const next = last === undefined || !timetable ? null : nextRun(timetable, last - jitter);
  const isCut = last !== undefined && next !== null && next <= until;
  return { from: now + jitter, until: isCut ? last : until + jitter };
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
