import { expect, test } from 'vitest';
import { frequencyInWords, timetableOf } from './timetable.models.ts';

const now = Date.parse('2026-11-24T12:00:00Z');
const of = (frequency: string, timezone = 'UTC') => timetableOf({ frequency, timezone }, now);

test.each(['0 0 30 2 *', '0 0 31 4 *'])('%s never comes, and is refused', (frequency) => {
  expect(of(frequency)).toMatchObject({
    field: 'frequency',
    error: { message: 'It never comes: no date fits all fields.' },
  });
});

test('a zone that is not known is named', () => {
  expect(of('0 0 * * *', 'Europe/Zürich')).toMatchObject({ field: 'timezone' });
});

test('the place of an error is told', () => {
  expect(of('0 25 * * *')).toMatchObject({ field: 'frequency', error: { from: 2, to: 4 } });
});

test('a zone in the expression goes before that of the schedule', () => {
  expect(of('CRON_TZ=Asia/Tokyo 0 0 * * *')).toMatchObject({ zone: 'Asia/Tokyo' });
});

test('a window is said with the time that was picked', () => {
  const frequency = { days: ['sat', 'sun'] as const, from: '01:00', to: '05:00' };
  expect(frequencyInWords({ frequency, timezone: 'UTC', minutesIn: 40 })).toBe(
    'At 01:40, only on Saturday and Sunday: picked between 01:00 and 05:00, Saturday, Sunday',
  );
});
