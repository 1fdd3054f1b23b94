import { expect, test } from 'vitest';
import { scheduleNeeds } from './schedule-needs.models.ts';

const nothing = { overdue: [], clockDoubt: null, asking: [] };
const missed = (name: string) => ({
  name,
  state: 'missed' as const,
  sentence: 'It did not happen.',
});

test('nothing overdue needs nobody', () => {
  expect(scheduleNeeds(nothing)).toEqual([]);
});

test('a few overdue schedules have a line each, many have one together', () => {
  const few = scheduleNeeds({ ...nothing, overdue: [missed('a'), missed('b')] });
  expect(few.map(({ sentence }) => sentence)).toEqual(['a missed a slot', 'b missed a slot']);
  const many = scheduleNeeds({ ...nothing, overdue: ['a', 'b', 'c', 'd'].map(missed) });
  expect(many.map(({ sentence }) => sentence)).toEqual(['4 schedules did not do what they should']);
});

test('a clock in doubt and a retention that asks are told with what to do', () => {
  const found = scheduleNeeds({ overdue: [], clockDoubt: 'It jumped.', asking: ['nightly'] });
  expect(found.map(({ id, action }) => [id, action?.what])).toEqual([
    ['clock', 'openHealth'],
    ['retention-asks', 'openSchedules'],
  ]);
});
