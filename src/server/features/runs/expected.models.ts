import { type Closed, type Queued, turns } from './queue.models.ts';

/** Milliseconds since 1970; null: nobody can tell. */
export type Expected = { start: number | null; end: number | null };

type Waiting = Queued;
type Going<T> = { run: T; startedAt: number };

type Given<T extends Waiting> = {
  /** In the order of their turns. */
  waiting: readonly T[];
  running: readonly Going<T>[];
  /** How long a run of this sort usually takes, milliseconds; null: nothing is known. */
  lengthOf: (run: T) => number | null;
  closed: Closed<T>;
};

/** Taken for what nothing is known of, milliseconds. */
const assumed = 60_000;
/** More than so many turns are not played through. */
const mostTurns = 500;

/** Plays the queue through as it is now: whatever comes later and goes first is not in it. */
export function expectedTimes<T extends Waiting>(
  given: Given<T>,
  now: number,
): Map<string, Expected> {
  const found = new Map<string, Expected>();
  const lengthOf = (run: T): number => given.lengthOf(run) ?? assumed;
  let going = given.running.map(({ run, startedAt }) => ({
    run,
    end: Math.max(now, startedAt + lengthOf(run)),
  }));
  for (const { run, end } of going) found.set(run.id, { start: null, end });
  let left = given.waiting.slice(0, mostTurns);
  for (let at: number | null = now; at !== null && left.length > 0;) {
    const time: number = at;
    const shut = shutAt(given.closed, time);
    const begin = new Set(
      turns(
        left,
        going.map(({ run }) => run),
        shut,
      ).flatMap(({ id, waitsFor }) => (waitsFor === null ? [id] : [])),
    );
    for (const run of left.filter(({ id }) => begin.has(id))) {
      const end = time + lengthOf(run);
      found.set(run.id, { start: time, end });
      going.push({ run, end });
    }
    left = left.filter(({ id }) => !begin.has(id));
    at = nextChange(
      time,
      going.map(({ end }) => end),
      left.map((run) => given.closed(run)?.until ?? null),
    );
    going = going.filter(({ end }) => end > (at ?? 0));
  }
  return found;
}

/** A gate that opens at a known time is open from then on. */
const shutAt =
  <T>(closed: Closed<T>, time: number): Closed<T> =>
  (run) => {
    const shut = closed(run);
    return shut !== null && (shut.until === null || shut.until > time) ? shut : null;
  };

/** When something can begin that could not before. */
function nextChange(
  after: number,
  ends: readonly number[],
  openings: readonly (number | null)[],
): number | null {
  const later = [...ends, ...openings].flatMap((at) => (at !== null && at > after ? [at] : []));
  return later.length === 0 ? null : Math.min(...later);
}
