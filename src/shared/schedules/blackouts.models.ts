import { dayLength } from '../time/lengths.models.ts';
import type { Blackout } from './schedule.contract.ts';
import { openings, type Stretch } from './window.models.ts';

/** A stretch in which nothing scheduled begins, and why. */
export type Closed = Stretch & { reason: string };

/** All of them between these instants, in order; those without a gap are one, with the reason of the first. */
export const closedBetween = (blackouts: readonly Blackout[], range: Stretch): Closed[] =>
  joined(
    blackouts
      .flatMap(({ reason, timezone, ...window }) =>
        openings(window, timezone, range).map((stretch) => ({ ...stretch, reason })),
      )
      .toSorted((a, b) => a.from - b.from),
  );

function joined(sorted: readonly Closed[]): Closed[] {
  const found: Closed[] = [];
  for (const one of sorted) {
    const last = found.at(-1);
    if (last && one.from <= last.until) last.until = Math.max(last.until, one.until);
    else found.push({ ...one });
  }
  return found;
}

/** Blackouts repeat each week: what stays closed from this instant for a whole one never opens. */
export const isForEver = ({ until }: Closed, at: number): boolean => until - at >= 7 * dayLength;

/** What of `closedBetween` closes this instant; null: nothing does. By halves: it is asked for each slot. */
export function closedAt(stretches: readonly Closed[], at: number): Closed | null {
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((stretches[middle]?.until ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  const found = stretches[low];
  return found !== undefined && found.from <= at ? found : null;
}
