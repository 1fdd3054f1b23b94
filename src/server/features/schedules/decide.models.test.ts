import { expect, test } from 'vitest';
import { isFault, timetableOf } from '#shared/schedules/timetable.models.ts';
import { decide, type DecideGiven, mostDecided } from './decide.models.ts';

const at = (time: string) => Date.parse(`2026-11-24T${time}:00Z`);

function given(over: Partial<DecideGiven> & { frequency?: string } = {}): DecideGiven {
  const { frequency = '0 * * * *', ...rest } = over;
  const timetable = timetableOf({ frequency, timezone: 'UTC' }, 0);
  if (isFault(timetable)) throw new Error(timetable.error.message);
  return {
    timetable,
    handledAt: at('02:00'),
    now: at('03:00'),
    jitter: 0,
    missedRuns: 'latest',
    catchUpWithin: 0,
    overlap: 'skip',
    pauses: [],
    unfinished: { pending: 0, running: 0 },
    ...rest,
  };
}

const states = (over: Parameters<typeof given>[0]) =>
  decide(given(over)).decisions.map(({ at: slot, state }) => [
    new Date(slot).toISOString().slice(11, 16),
    state,
  ]);

test('a slot that has come fires, and nothing before or after it', () => {
  expect(states({})).toEqual([['03:00', 'fired']]);
  expect(states({ now: at('03:00') - 1 })).toEqual([]);
});

test('a slot with jitter fires later, and is still that slot', () => {
  expect(states({ jitter: 600_000 })).toEqual([]);
  expect(states({ jitter: 600_000, now: at('03:10') })).toEqual([['03:00', 'fired']]);
});

test('after an absence the latest slot is made up for, once', () => {
  expect(states({ now: at('05:30') })).toEqual([
    ['03:00', 'missed'],
    ['04:00', 'missed'],
    ['05:00', 'caughtUp'],
  ]);
});

test('where none is made up for, only what comes on time fires', () => {
  const none = { missedRuns: 'none' } as const;
  expect(states({ ...none, now: at('05:00') }).map(([, state]) => state)).toEqual([
    'missed',
    'missed',
    'fired',
  ]);
  expect(states({ ...none, now: at('05:30') }).at(-1)).toEqual(['05:00', 'missed']);
});

test('all are made up for that are young enough', () => {
  const all = { missedRuns: 'all', catchUpWithin: 2 * 3_600_000, now: at('05:30') } as const;
  expect(states(all).map(([, state]) => state)).toEqual(['missed', 'caughtUp', 'caughtUp']);
});

test.each([
  ['skip', { pending: 0, running: 1 }, 'skipped'],
  ['skip', { pending: 1, running: 0 }, 'skipped'],
  ['wait', { pending: 0, running: 1 }, 'fired'],
  ['wait', { pending: 1, running: 1 }, 'skipped'],
] as const)('with overlap %s and %j unfinished a slot is %s', (overlap, unfinished, state) => {
  expect(states({ overlap, unfinished })).toEqual([['03:00', state]]);
});

test('slots of a pause are paused, and never made up for', () => {
  const pauses = [{ since: at('02:30'), until: at('04:30'), reason: 'moving house' }];
  expect(states({ pauses, now: at('04:40') })).toEqual([
    ['03:00', 'paused'],
    ['04:00', 'paused'],
  ]);
});

test('a long absence is decided in portions, of which only the last is made up for', () => {
  const long = given({ frequency: '* * * * *', now: at('02:00') + 1500 * 60_000 });
  const first = decide(long);
  expect([first.decisions.length, first.more]).toEqual([mostDecided, true]);
  expect(first.decisions.every(({ state }) => state === 'missed')).toBe(true);
  const rest = decide({ ...long, handledAt: first.decisions.at(-1)?.at ?? 0 });
  expect([rest.decisions.length, rest.more, rest.decisions.at(-1)?.state]).toEqual([
    500,
    false,
    'fired',
  ]);
});

test('a clock set back decides nothing again', () => {
  expect(states({ handledAt: at('02:00'), now: at('02:00') - 86_400_000 })).toEqual([]);
});
