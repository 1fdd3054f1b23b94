import type { Priority } from '../../../runs/runs.contract.ts';
import { closedBetween } from '../../blackouts.models.ts';
import type { RetentionPolicy } from '../../retention/retention.types.ts';
import type { Blackout } from '../../schedule.contract.ts';
import { type Frequency, isFault, timetableOf } from '../../timetable.models.ts';
import { clockOf, weekdays } from '../../window.models.ts';
import type { Simulated, World } from '../simulation.types.ts';

/** A Tuesday, far from any change of clocks in the next 14 days. */
export const now = Date.parse('2026-11-24T12:00:00Z');
const minute = 60_000;

export type Line = {
  name: string;
  frequency: Frequency;
  timezone?: string;
  namespaces?: readonly string[];
  excluded?: readonly string[];
  takes?: string;
  /** Usual and long run in minutes; otherwise one. */
  minutes?: number;
  atMost?: number;
  assumed?: boolean;
  jitter?: number;
  overlap?: 'skip' | 'wait';
  priority?: Priority;
  isForeign?: boolean;
  retention?: RetentionPolicy | null;
  targetRpo?: number;
  pausedUntil?: number;
  bytesPerRun?: number;
};

const usual = {
  timezone: 'UTC',
  namespaces: 'all',
  excluded: [],
  takes: '',
  minutes: 1,
  assumed: false,
  jitter: 0,
  overlap: 'skip',
  priority: 'normal',
  isForeign: false,
  retention: { within: { years: 0, months: 0, days: 30, hours: 0 } },
  pausedUntil: null,
  bytesPerRun: null,
} as const;

/** Named first, so that a situation reads as a list. Times in minutes, `targetRpo` too. */
export function simulated(line: Line, at = now): Simulated {
  const whole = { ...usual, ...line };
  const { timezone, frequency, minutes, atMost = minutes, assumed, targetRpo } = whole;
  const found = timetableOf({ frequency, timezone }, at);
  const wrong = isFault(found);
  return {
    ...whole,
    timetable: wrong ? null : found,
    fault: wrong ? found : null,
    jitter: whole.jitter * minute,
    duration: { p50: minutes * minute, p90: atMost * minute, assumed },
    targetRpo: targetRpo === undefined ? null : targetRpo * minute,
  };
}

export const world = (over: Partial<World> = {}): World => ({
  now,
  blackouts: [],
  namespaces: null,
  location: { name: 'The data folder', state: 'available', free: null },
  ...over,
});

export const days = (count: number): RetentionPolicy => ({
  within: { years: 0, months: 0, days: count, hours: 0 },
});
export const hours = (count: number): RetentionPolicy => ({
  within: { years: 0, months: 0, days: 0, hours: count },
});

/** Every night from this hour to that one, UTC. */
export const nightly = (from: number, to: number) =>
  closedBetween([everyNight(from, to)], {
    from: Date.parse('2026-11-24T00:00:00Z'),
    until: Date.parse('2026-12-18T00:00:00Z'),
  });

const everyNight = (from: number, to: number): Blackout => ({
  days: [...weekdays],
  from: clockOf(from * 60),
  to: clockOf(to * 60),
  reason: 'releases',
  timezone: 'UTC',
});
