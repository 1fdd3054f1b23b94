import type { Blackout } from './schedule.contract.ts';
import { openings, type Stretch } from './window.models.ts';

/** A stretch in which nothing scheduled begins, and why. */
export type Closed = Stretch & { reason: string };

/** All of them between these instants, in order. */
export const closedBetween = (blackouts: readonly Blackout[], range: Stretch): Closed[] =>
  blackouts
    .flatMap(({ reason, timezone, ...window }) =>
      openings(window, timezone, range).map((stretch) => ({ ...stretch, reason })),
    )
    .toSorted((a, b) => a.from - b.from);

/** Blackouts repeat each week: what stays closed from this instant for a whole one never opens. */
export const isForEver = ({ until }: Closed, at: number): boolean => until - at >= 7 * 86_400_000;

/** What closes this instant, through all that follow without a gap; null: nothing does. */
export function closedAt(stretches: readonly Closed[], at: number): Closed | null {
  const first = stretches.find(({ from, until }) => from <= at && at < until);
  if (!first) return null;
  let { until } = first;
  for (const one of stretches) if (one.from <= until) until = Math.max(until, one.until);
  return { ...first, until };
}
