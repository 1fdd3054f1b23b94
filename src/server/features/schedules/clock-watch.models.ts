import { dayLength } from '#shared/time/lengths.models.ts';

/** Both in milliseconds: the clock on the wall since 1970, and how long the machine has been up, sleep included. */
export type Reading = { wall: number; up: number };

/**
 * `sound`: both clocks went on alike, also through a sleep. `forward`: the wall clock jumped over a day
 * ahead, so that nothing may be fired or deleted until somebody who knows the time says so.
 */
export type ClockVerdict = 'sound' | 'forward';

export type ClockWatch = {
  last: Reading;
  verdict: ClockVerdict;
  /** How much the wall clock has gained on the machine since it was sound, milliseconds. */
  gained: number;
};

/** What two clocks may differ by between two readings, milliseconds. */
const settled = 5000;

export const watchFrom = (first: Reading): ClockWatch => ({
  last: first,
  verdict: 'sound',
  gained: 0,
});

/**
 * What the newest reading says. Small steps add up, so that a jump in pieces is seen too; a clock that
 * came back is sound again. A clock set back needs no verdict: slots after the last decided one are all
 * that is ever looked at.
 */
export function observe(watch: ClockWatch, next: Reading): ClockWatch {
  const step = next.wall - watch.last.wall - (next.up - watch.last.up);
  // A machine that was restarted counts from 0: nothing can be said about the time between.
  const gained = next.up < watch.last.up ? watch.gained : watch.gained + step;
  const isForward = gained > dayLength;
  // Clocks that go on alike have settled: an hour more each spring is no year ahead one day.
  const kept = !isForward && Math.abs(step) < settled ? 0 : gained;
  return { last: next, gained: kept, verdict: isForward ? 'forward' : 'sound' };
}

/** The API server's clock agrees with ours, or a person said that the time is right. */
export const confirmed = ({ last }: ClockWatch): ClockWatch => watchFrom(last);

/** How far two clocks may be apart that agree, milliseconds. */
const agreement = 10 * 60_000;

export const agrees = (wall: number, other: number): boolean => Math.abs(wall - other) <= agreement;

/** Away for longer than this, the time at the start is asked from somebody else, milliseconds. */
export const isLongAbsence = (lastSeen: number, now: number): boolean => now - lastSeen > dayLength;
