import { expect, test } from 'vitest';
import { parseCron } from './cron-parse.models.ts';
import type { CronDialect } from './cron.types.ts';
import { upcomingRuns } from './upcoming-runs.models.ts';

const runs = (
  text: string,
  after: string,
  { count = 3, zone = 'Europe/Berlin', dialect = 'calendar' as CronDialect } = {},
) => {
  const parsed = parseCron(text, dialect);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const given = { cron: parsed.cron, zone };
  return upcomingRuns(given, { after: Date.parse(after), count }).map(({ at, mark }) =>
    `${new Date(at).toISOString().slice(0, 16)} ${mark ?? ''}`.trim(),
  );
};

test('a run whose time does not exist is marked as moved; the days around it are not', () => {
  expect(runs('30 2 * * *', '2027-03-27T00:00Z')).toEqual([
    '2027-03-27T01:30',
    '2027-03-28T01:00 moved',
    '2027-03-29T00:30',
  ]);
});

test('in an hour that is repeated both times are told apart', () => {
  expect(runs('0,30 * * * *', '2027-10-30T23:59Z', { count: 6 })).toEqual([
    '2027-10-31T00:00 first',
    '2027-10-31T00:30 first',
    '2027-10-31T01:00 second',
    '2027-10-31T01:30 second',
    '2027-10-31T02:00',
    '2027-10-31T02:30',
  ]);
  expect(runs('30 2 * * *', '2027-10-30T12:00Z', { count: 2 })).toEqual([
    '2027-10-31T00:30 first',
    '2027-11-01T01:30',
  ]);
});

test('where clocks change by half an hour only that half hour is marked', () => {
  const zone = 'Australia/Lord_Howe';
  expect(runs('15,45 1 * * *', '2027-04-03T12:00Z', { zone, count: 3 })).toEqual([
    '2027-04-03T14:15',
    '2027-04-03T14:45 first',
    '2027-04-04T14:45',
  ]);
});

test('without changing clocks nothing is marked, and what never comes has no runs', () => {
  expect(runs('30 2 * * *', '2027-03-27T00:00Z', { zone: 'UTC', count: 2 })).toEqual([
    '2027-03-27T02:30',
    '2027-03-28T02:30',
  ]);
  expect(runs('0 0 30 2 *', '2027-03-27T00:00Z')).toEqual([]);
  expect(runs('@every 6h', '2027-03-28T00:00Z', { count: 2 })).toEqual([
    '2027-03-28T06:00',
    '2027-03-28T12:00',
  ]);
});
