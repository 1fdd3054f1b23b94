import { priorities, type Priority } from '#shared/runs/runs.contract.ts';

/** What decides who goes first. Instants are milliseconds since 1970. */
export type Ordered = { id: string; priority: Priority; rank: number; createdAt: number };

/** After so long a run counts for one class more; there is no highest. */
export const ageEvery = 3_600_000;

/**
 * Whose turn comes first: class, then who is needed first, both aged. A run that has waited for
 * (its class + 1) hours goes before all that were queued after that, whatever their class: nothing
 * starves.
 */
export const inOrder = <T extends Ordered>(runs: readonly T[], now: number): T[] =>
  runs.toSorted(
    (a, b) =>
      agedClass(a, now) - agedClass(b, now) ||
      a.rank - b.rank ||
      a.createdAt - b.createdAt ||
      (a.id < b.id ? -1 : 1),
  );

/** 0 is urgent, and below 0 who has waited beyond that. */
const agedClass = ({ priority, createdAt }: Ordered, now: number): number =>
  priorities.indexOf(priority) - Math.floor(Math.max(0, now - createdAt) / ageEvery);
