import { expect, test } from 'vitest';
import { graceOf, type ScheduleFacts, scheduleState } from './schedule-state.models.ts';

const hour = 3_600_000;
const now = Date.parse('2026-11-24T12:00:00Z');
type Last = NonNullable<NonNullable<ScheduleFacts['history']>['last']>;

const facts = (over: Partial<ScheduleFacts> = {}): ScheduleFacts => ({
  now,
  history: { last: null, lastGood: null },
  isPaused: false,
  next: now + hour,
  afterNext: now + 2 * hour,
  jitter: 0,
  durations: null,
  targetRpo: null,
  ...over,
});
const after = (last: Partial<Last>, over: Partial<ScheduleFacts> = {}) =>
  scheduleState(
    facts({
      history: {
        last: { at: now - hour, state: 'fired', reason: null, run: null, ...last },
        lastGood: null,
      },
      ...over,
    }),
  ).state;
const run = (state: NonNullable<Last['run']>['state'], startedAt: number | null = null) => ({
  run: { state, startedAt },
});

test('a schedule that never ran counts from its creation', () => {
  expect(scheduleState(facts()).state).toBe('upcoming');
  expect(scheduleState(facts({ next: now - 16 * 60_000, afterNext: now + hour })).state).toBe(
    'late',
  );
});

test('a slot that nothing was decided about is late, then missed', () => {
  const slot = (minutesAgo: number) =>
    scheduleState(
      facts({ next: now - minutesAgo * 60_000, afterNext: now + (60 - minutesAgo) * 60_000 }),
    ).state;
  expect([slot(4), slot(6), slot(61)]).toEqual(['upcoming', 'late', 'missed']);
});

test('late becomes missed when more would be lost than may be', () => {
  const late = { next: now - hour, afterNext: now + hour, targetRpo: 2 * hour };
  const lastGood = (ago: number) =>
    scheduleState(facts({ ...late, history: { last: null, lastGood: now - ago } })).state;
  expect([lastGood(hour), lastGood(3 * hour)]).toEqual(['late', 'missed']);
});

test('grace is five minutes or half a usual run, and less than a quarter of the interval', () => {
  const durations = { p90: hour, p99: hour, runs: 9 };
  expect(graceOf(facts())).toBe(300_000);
  expect(graceOf(facts({ durations, afterNext: now + 9 * hour }))).toBe(hour / 2);
  expect(graceOf(facts({ durations }))).toBe(hour / 4);
});

test.each([
  ['completed', 'onTime'],
  ['partial', 'partial'],
  ['failed', 'failed'],
  ['interrupted', 'failed'],
  ['canceled', 'failed'],
] as const)('a run that is %s makes the schedule %s', (state, shown) => {
  expect(after(run(state))).toBe(shown);
});

test('a run that waits is late after its grace', () => {
  expect(after({ at: now - 60_000, ...run('waiting') })).toBe('running');
  expect(after({ at: now - hour, ...run('waiting') })).toBe('late');
});

test('a run is stuck only against enough others', () => {
  const running = run('running', now - hour);
  const durations = (runs: number) => ({ durations: { p90: 60_000, p99: 60_000, runs } });
  expect([after(running), after(running, durations(4)), after(running, durations(5))]).toEqual([
    'running',
    'running',
    'stuck',
  ]);
});

test.each([
  ['missed', 'missed'],
  ['skipped', 'missed'],
  ['paused', 'upcoming'],
] as const)('a slot that was %s makes the schedule %s', (state, shown) => {
  expect(after({ state, reason: 'because' })).toBe(shown);
});

test('what could not be looked at is unknown, never missed', () => {
  expect(scheduleState(facts({ history: null, next: now - 9 * hour })).state).toBe('unknown');
});

test('a paused schedule is neither late nor missed', () => {
  expect(scheduleState(facts({ isPaused: true, next: now - 9 * hour })).state).toBe('paused');
});
