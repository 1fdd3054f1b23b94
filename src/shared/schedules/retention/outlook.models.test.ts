import { expect, test } from 'vitest';
import { isFault, timetableOf } from '../timetable.models.ts';
import { retentionOutlook } from './outlook.models.ts';
import { policyOf, type RetentionWritten } from './policy.models.ts';

const now = Date.parse('2026-11-24T12:00:00Z');

function outlook(frequency: string, retention: RetentionWritten) {
  const timetable = timetableOf({ frequency, timezone: 'UTC' }, now);
  if (isFault(timetable)) throw new Error(timetable.error.message);
  return retentionOutlook({ points: [], policy: policyOf(retention), timetable, now });
}

test('a week of days reaches back a week, however long it goes on', () => {
  expect(outlook('0 2 * * *', '7d')).toEqual([
    { days: 7, points: 7, reachDays: 6.4, longestGapHours: 24 },
    { days: 30, points: 7, reachDays: 6.4, longestGapHours: 24 },
    { days: 90, points: 7, reachDays: 6.4, longestGapHours: 24 },
  ]);
});

test('days and weeks reach further with fewer points', () => {
  const [, , last] = outlook('0 2 * * *', { daily: 7, weekly: 8 });
  expect(last?.points).toBeLessThan(16);
  expect(last?.reachDays).toBeGreaterThan(40);
});

test('for ever keeps all', () => {
  expect(outlook('0 2 * * *', 'forever').map(({ points }) => points)).toEqual([7, 30, 90]);
});

test('what would take too long to play through is left out', () => {
  expect(outlook('* * * * *', 'forever')).toEqual([]);
});
