import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextChangeDay } from './change-day.models.ts';
import { runsBetween } from './cron.models.ts';
import { parseCron } from './cron-parse.models.ts';
import type { CronDialect } from './cron.types.ts';

const cronOf = (text: string, dialect: CronDialect = 'calendar') => {
  const parsed = parseCron(text, dialect);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.cron;
};
const winter = Date.UTC(2027, 0, 1);
const summer = Date.UTC(2027, 6, 1);
const felt = (text: string, after: number, zone = 'Europe/Berlin', dialect?: CronDialect) =>
  nextChangeDay({ cron: cronOf(text, dialect), zone }, after);

test('a time that does not exist on the day of the change comes when the gap is over', () => {
  expect(felt('30 2 * * *', winter)).toEqual({
    at: Date.UTC(2027, 2, 28, 1),
    effect: 'moved',
    sentence:
      'On 2027-03-28 clocks go forward from 02:00 to 03:00: 02:30 does not exist; it comes at 03:00 instead.',
  });
});

test('a time that exists twice comes the first time', () => {
  expect(felt('30 2 * * *', summer)).toMatchObject({
    effect: 'first',
    sentence:
      'On 2027-10-31 clocks go back from 03:00 to 02:00: 02:30 exists twice; it comes the first time.',
  });
});

test('an interval follows real time: left out in the gap, twice in the hour that is repeated', () => {
  expect(felt('*/15 * * * *', winter)).toMatchObject({
    effect: 'leftOut',
    sentence: expect.stringContaining(
      '4 times from 02:00 to 02:45 do not exist, and nothing comes in their place.',
    ),
  });
  expect(felt('*/15 * * * *', summer)).toMatchObject({ effect: 'twice' });
});

// both libraries, asked one slot after the other: 03:30 is what go-cron answers after 02:30 of the day before
test('in the gap Velero up to 1.18.2 leaves a time out, later ones come at that minute of the next hour', () => {
  const change = (dialect: CronDialect, text: string) =>
    felt(text, winter, 'Europe/Zurich', dialect)?.sentence.replace(/^.*03:00: /, '');
  expect(change('robfig', '30 2 * * *')).toBe(
    '02:30 does not exist, and nothing comes in its place.',
  );
  expect(change('go-cron', '30 2 * * *')).toBe('02:30 does not exist; it comes at 03:30 instead.');
  expect(change('go-cron', '0,30 2 * * *')).toBe(
    '2 times from 02:00 to 02:30 do not exist; it comes at 03:00 instead.',
  );
  expect(change('go-cron', '30 2,3 * * *')).toBe(
    '02:30 does not exist, and nothing comes in its place.',
  );
});

test('in the hour that is repeated Velero comes twice, whichever version it is', () => {
  for (const dialect of ['robfig', 'go-cron'] as const)
    expect(felt('30 2 * * *', summer, 'Europe/Berlin', dialect)?.effect).toBe('twice');
});

test('half an hour counts, too, and the zone of the expression goes first', () => {
  expect(felt('15 2 * * *', Date.UTC(2027, 7, 1), 'Australia/Lord_Howe')?.sentence).toBe(
    'On 2027-10-03 clocks go forward from 02:00 to 02:30: 02:15 does not exist; it comes at 02:30 instead.',
  );
  expect(felt('CRON_TZ=America/New_York 30 1 * * *', summer)?.sentence).toContain('On 2027-11-07');
});

test('a schedule that no change of clocks touches is told nothing', () => {
  expect(felt('0 12 * * *', winter)).toBeNull();
  expect(felt('30 2 * * *', winter, 'UTC')).toBeNull();
  expect(felt('30 2 1 1 *', winter)).toBeNull();
  expect(felt('@every 90m', winter)).toBeNull();
});

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'America/Havana',
  'Pacific/Chatham',
];

test('what is told agrees with the runs themselves, for any fixed time in any of these zones', () => {
  const given = fc.record({
    minute: fc.integer({ min: 0, max: 59 }),
    hour: fc.integer({ min: 0, max: 4 }),
    zone: fc.constantFrom(...zones),
    after: fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2032, 0) }),
  });
  const check = fc.property(given, ({ minute, hour, zone, after }) => {
    const cron = cronOf(`${minute} ${hour} * * *`);
    const change = nextChangeDay({ cron, zone }, after);
    if (!change) return;
    expect(['moved', 'first']).toContain(change.effect);
    const hours = 3 * 3_600_000;
    const around = { after: change.at - hours, until: change.at + hours };
    const runs = [...runsBetween({ cron, zone }, around)];
    const [run = 0] = runs;
    expect(runs.length).toBe(1);
    expect(change.effect === 'moved' ? run === change.at : run < change.at).toBe(true);
  });
  fc.assert(check, { numRuns: 300 });
});
