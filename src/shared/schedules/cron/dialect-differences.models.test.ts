import { expect, test } from 'vitest';
import { runsBetween } from './cron.models.ts';
import { parseCron } from './cron-parse.models.ts';
import type { CronDialect } from './cron.types.ts';
import { dialectDifferences } from './dialect-differences.models.ts';

const now = Date.UTC(2027, 0, 1);
const found = (text: string, { dialect = 'calendar' as CronDialect, zone = 'UTC' } = {}) =>
  dialectDifferences({ text, dialect, zone }, now);

test('an ordinary expression is read alike by all', () => {
  for (const text of ['0 0 * * *', '*/15 * * * *', '0 3 * * 1-5', '@daily', '@every 6h'])
    expect(found(text)).toEqual([]);
});

test('what only Lifeboat reads is refused by Velero, with the reason', () => {
  expect(found('0 3 L * *')).toMatchObject([
    {
      dialect: 'robfig',
      kind: 'refused',
      sentence: expect.stringMatching(/^Velero up to 1\.18\.2 refuses it: ./),
    },
    expect.objectContaining({ dialect: 'go-cron' }),
  ]);
});

test('a day of the month with a day of the week: either is enough, or both have to hold', () => {
  const [difference, ...more] = found('0 3 13 * 5');
  expect(more).toEqual([]);
  // Friday 1 January has passed at 00:00 but not at 03:00; go-cron waits for a Friday the 13th
  expect(difference).toMatchObject({
    dialect: 'go-cron',
    kind: 'otherTimes',
    at: Date.UTC(2027, 0, 1, 3),
    sentence: expect.stringContaining(
      'at 2027-01-01T03:00Z it is due here, there not before 2027-08-13T03:00Z',
    ),
  });
});

// robfig/cron v3.0.1, asked: from 2026-11-28 on it answers 2028-02-29; after 2096-02-29, the zero time
test('a leap day comes for Velero, too, save where the next one is more than five years away', () => {
  const leapDay = (day: number) =>
    dialectDifferences({ text: '0 0 29 2 *', dialect: 'calendar', zone: 'UTC' }, day);
  expect(leapDay(Date.UTC(2026, 10, 28))).toEqual([]);
  expect(leapDay(Date.UTC(2096, 2, 1)).map(({ sentence }) => sentence)).toEqual([
    'For Velero up to 1.18.2 it never comes, and every minute counts as due.',
    'For Velero 1.18.3 and later it never comes, and every minute counts as due.',
  ]);
  expect(leapDay(Date.UTC(2090, 0, 1))[0]?.sentence).toBe(
    'For Velero up to 1.18.2 it does not come again after 2096-02-29T00:00Z, and every minute counts as due.',
  );
  expect(leapDay(Date.UTC(2099, 0, 1))).toEqual([]);
});

test('in the gap of a change of clocks later Velero comes half an hour after Lifeboat, earlier not at all', () => {
  const sentences = found('30 2 * * *', { zone: 'Europe/Zurich' }).map(({ sentence }) => sentence);
  expect(sentences).toEqual([
    'Velero up to 1.18.2 runs at other times: at 2027-03-28T01:00Z it is due here, there not before 2027-03-29T00:30Z.',
    'Velero 1.18.3 and later runs at other times: at 2027-03-28T01:00Z it is due here, there not before 2027-03-28T01:30Z.',
  ]);
});

test('a fixed time in the gap of a change of clocks shows the first day on which they part', () => {
  const differences = found('30 2 * * *', { zone: 'Europe/Berlin' });
  expect(differences.map(({ at }) => at)).toEqual([
    Date.UTC(2027, 2, 28, 1),
    Date.UTC(2027, 2, 28, 1),
  ]);
});

test('what is named is so: at that instant one of the two runs, and the other does not', () => {
  const texts = [
    '0 3 13 * 5',
    '30 2 * * *',
    '15 1 * * 0',
    '0 3 1-7 * 1',
    '@every 90m',
    '0 0 30 2 *',
  ];
  for (const text of texts) {
    for (const { dialect, kind, at } of found(text, { zone: 'Europe/Berlin' })) {
      const runs = (one: CronDialect) => {
        const parsed = parseCron(text, one);
        if (!parsed.ok || at === null) return false;
        const given = { cron: parsed.cron, zone: 'Europe/Berlin' };
        return [...runsBetween(given, { after: at - 60_000, until: at })].includes(at);
      };
      expect([text, kind === 'otherTimes', runs('calendar') !== runs(dialect)]).toEqual([
        text,
        at !== null,
        at !== null,
      ]);
    }
  }
});

test('an expression that its own dialect refuses has an error, and no differences', () => {
  expect(found('61 * * * *')).toEqual([]);
});
