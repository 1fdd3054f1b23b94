import { nextRun } from '#shared/schedules/cron/cron.models.ts';
import type { SlotState } from '#shared/schedules/schedule.contract.ts';
import type { Timetable } from '#shared/schedules/timetable.models.ts';
import { absolute } from '#shared/words/format.models.ts';

/** What became of one slot. Instants are milliseconds since 1970. */
export type Decision = { at: number; state: SlotState; reason: string | null };

/** Unfinished runs of a schedule. */
export type Unfinished = { pending: number; running: number };

export type DecideGiven = {
  timetable: Timetable;
  /** The newest slot that was decided, or since when the timetable counts: never "now". */
  handledAt: number;
  now: number;
  /** Added to every slot of this schedule, always the same, milliseconds. */
  jitter: number;
  missedRuns: 'latest' | 'none' | 'all';
  /** How old a slot may be that `all` makes up for, milliseconds. */
  catchUpWithin: number;
  overlap: 'skip' | 'wait';
  pauses: readonly { since: number; until: number | null; reason: string }[];
  unfinished: Unfinished;
};

/** A slot that is decided later than this was not on time: nobody was there. */
const onTimeWithin = 90_000;
/** Decided at once; after a long absence the next portion follows. */
export const mostDecided = 1000;

/**
 * Every slot that is due and was not decided yet, oldest first, with what becomes of it. `more`: the
 * next portion can be decided at once.
 */
export function decide(given: DecideGiven): { decisions: Decision[]; more: boolean } {
  const due = dueSlots(given);
  const more = due.length > mostDecided;
  const latest = more ? null : (due.at(-1) ?? null);
  const unfinished = { ...given.unfinished };
  const decisions = due.slice(0, mostDecided).map((at): Decision => {
    const decision = decideSlot(at, at === latest, { ...given, unfinished });
    if (fires(decision)) unfinished.pending += 1;
    return decision;
  });
  return { decisions, more };
}

export const fires = ({ state }: Pick<Decision, 'state'>): boolean =>
  state === 'fired' || state === 'caughtUp';

function dueSlots({ timetable, handledAt, now, jitter }: DecideGiven): number[] {
  const due: number[] = [];
  let at = nextRun(timetable, handledAt);
  while (at !== null && at + jitter <= now && due.length <= mostDecided) {
    due.push(at);
    at = nextRun(timetable, at);
  }
  return due;
}

function decideSlot(at: number, isLatest: boolean, given: DecideGiven): Decision {
  const paused = given.pauses.find(
    ({ since, until }) => at >= since && (until === null || at < until),
  );
  if (paused) return { at, state: 'paused', reason: paused.reason };
  // Of several that are due at once only the newest can still be on time.
  const isLate = !isLatest || given.now - at - given.jitter > onTimeWithin;
  if (isLate && !isMadeUpFor(at, isLatest, given))
    return { at, state: 'missed', reason: absence(given, at) };
  const busy = given.missedRuns === 'all' && isLate ? null : whyBusy(given);
  if (busy) return { at, state: 'skipped', reason: busy };
  return isLate
    ? {
        at,
        state: 'caughtUp',
        reason: `Nobody was there at ${absolute(iso(at))}; made up for later.`,
      }
    : { at, state: 'fired', reason: null };
}

function isMadeUpFor(
  at: number,
  isLatest: boolean,
  { missedRuns, catchUpWithin, now }: DecideGiven,
): boolean {
  if (missedRuns === 'none') return false;
  return missedRuns === 'all' ? now - at <= catchUpWithin : isLatest;
}

function absence({ missedRuns }: DecideGiven, at: number): string {
  const what = `Nothing could be decided at ${absolute(iso(at))}: Lifeboat was not running, the computer slept, or its disk took no writes.`;
  if (missedRuns === 'none') return `${what} Missed slots of this schedule are not made up for.`;
  return missedRuns === 'all'
    ? `${what} It was too old to be made up for.`
    : `${what} Of several missed slots only the latest is made up for.`;
}

function whyBusy({ overlap, unfinished }: DecideGiven): string | null {
  const { pending, running } = unfinished;
  if (overlap === 'wait')
    return pending > 0 ? 'A run of this schedule waits already, and makes the same backup.' : null;
  if (running > 0) return 'The run before was still going on.';
  return pending > 0 ? 'The run before was still waiting.' : null;
}

const iso = (at: number): string => new Date(at).toISOString();
