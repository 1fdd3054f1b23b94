import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCron } from './cron-parse.models.ts';
import { cronSentence } from './cron-sentence.models.ts';
import type { CronDialect } from './cron.types.ts';
import { expressionOf, mutated } from './testing/expressions.ts';

function say(text: string, dialect: CronDialect = 'calendar'): string {
  const parsed = parseCron(text, dialect);
  return parsed.ok ? cronSentence(parsed.cron) : parsed.error.message;
}

test.each([
  ['0 0 * * *', 'At 00:00'],
  ['@daily', 'At 00:00'],
  ['CRON_TZ=Europe/Zurich 30 2 * * 1-5', 'At 02:30, Monday through Friday'],
  ['* * * * *', 'Every minute'],
  ['*/15 * * * *', 'Every 15 minutes'],
  ['0 * * * *', 'Every hour'],
  ['1 * * * *', 'At 1 minute past the hour'],
  ['0 4,10,16,22 * * *', 'At 04:00, 10:00, 16:00 and 22:00'],
  ['0,30 2 * * *', 'At 02:00 and 02:30'],
  ['*/10 2-4 * * *', 'Every 10 minutes, between 02:00 and 04:59'],
  ['0 9-17 * * *', 'Every hour, between 09:00 and 17:00'],
  ['5 9-17 * * *', 'At 5 minutes past the hour, between 09:00 and 17:59'],
  ['0 */2 * * *', 'Every 2 hours'],
  ['*/15 */2 * * *', 'Every 15 minutes, in every 2nd hour from 0 through 22'],
  ['0 0 L * *', 'At 00:00, on the last day of the month'],
  ['0 0 L-1 * *', 'At 00:00, on the day before the last of the month'],
  ['0 0 L-3 * *', 'At 00:00, on the day 3 days before the last of the month'],
  ['0 0 15W * *', 'At 00:00, on the weekday nearest day 15 of the month'],
  ['0 0 * * FRI#3', 'At 00:00, on the third Friday of the month'],
  ['0 0 * * 5L', 'At 00:00, on the last Friday of the month'],
  ['0 2 * * MON#L', 'At 02:00, on the last Monday of the month'],
  ['0 0 1 1,3 *', 'At 00:00, on day 1 of the month, only in January and March'],
  ['0 0 * */3 1', 'At 00:00, only on Monday, only in January, April, July and October'],
  ['@every 90m', 'Every 1 h 30 min, counted from the last slot'],
])('%s is “%s”', (text, words) => {
  expect(say(text)).toBe(words);
});

test.each([
  ['*/25 * * * *', 'At 0, 25 and 50 minutes past the hour'],
  ['0 */7 * * *', 'At 00:00, 07:00, 14:00 and 21:00'],
  ['0 0 1/10 * *', 'At 00:00, every 10 days from day 1 through 31 of the month'],
  ['*/1 3 * * *', 'Every minute, between 03:00 and 03:59'],
  ['0-59/1 3 * * *', 'Every minute, between 03:00 and 03:59'],
  ['1-59/2 * * * *', 'Every 2 minutes from 1 through 59 past the hour'],
  ['0-30/10 * * * *', 'Every 10 minutes from 0 through 30 past the hour'],
])('steps are said as they come, whether or not they divide the hour: %s', (text, words) => {
  expect(say(text)).toBe(words);
});

test.each([
  ['0 0 1,15 * *', 'At 00:00, on days 1 and 15 of the month'],
  ['0 0 15-17 * *', 'At 00:00, on days 15 through 17 of the month'],
  ['0 0 1,15,L * *', 'At 00:00, on days 1, 15 and the last day of the month'],
  ['0 0 L,15 * *', 'At 00:00, on day 15 and the last day of the month'],
  ['0 0 l * *', 'At 00:00, on the last day of the month'],
  ['0 0 lw * *', 'At 00:00, on the last weekday of the month'],
  ['0 0 ?,1 * *', 'At 00:00'],
  ['*,5 * * * *', 'Every minute'],
  ['0 0 * * 0-7', 'At 00:00'],
  ['0 0 * * 7-0', 'At 00:00, only on Sunday'],
  ['0 0 * * FRI-MON', 'At 00:00, Friday through Monday'],
  ['0 0 * * SUN,SAT', 'At 00:00, only on Saturday and Sunday'],
  ['0 0 * NOV-FEB *', 'At 00:00, November through February'],
  ['0 22-2 * * *', 'At 00:00, 01:00, 02:00, 22:00 and 23:00'],
  ['*/5 22-2 * * *', 'Every 5 minutes, in the hours 0 through 2, 22 and 23'],
  ['0 0 * * MON,FRI#1', 'At 00:00, only on Monday and the first Friday of the month'],
])(
  'lists, names, and ranges that run around the end are said as they are meant: %s',
  (text, words) => {
    expect(say(text)).toBe(words);
  },
);

test('Velero takes ? for *, a list of nothing for never, and counts from its last backup', () => {
  for (const dialect of ['robfig', 'go-cron'] as const) {
    expect(say('? 3 * * *', dialect)).toBe('Every minute, between 03:00 and 03:59');
    expect(say('+2 2 * * *', dialect)).toBe('At 02:02');
    expect(say(',,, * * * *', dialect)).toBe('Never by itself');
    expect(say('@every 24h', dialect)).toBe('Every 1 d, counted from the last backup');
  }
  expect(say('@manual', 'go-cron')).toBe('Never by itself');
});

test('a day of the month with a day of the week says which way they go together', () => {
  expect([say('0 2 15 * FRI'), say('0 2 15 * FRI', 'go-cron'), say('0 2 */2 * FRI')]).toEqual([
    'At 02:00, on day 15 of the month, or on Friday (whichever comes)',
    'At 02:00, on day 15 of the month, and on Friday (only when both meet)',
    'At 02:00, every 2 days from day 1 through 31 of the month, or on Friday (whichever comes)',
  ]);
  expect([say('0 2 1-31 * FRI'), say('0 2 1-31 * FRI', 'go-cron')]).toEqual([
    'At 02:00',
    'At 02:00, only on Friday',
  ]);
});

const dialect = fc.constantFrom<CronDialect>('calendar', 'robfig', 'go-cron');

test('whatever any dialect can read has a sentence, in words alone', () => {
  let said = 0;
  fc.assert(
    fc.property(dialect, fc.oneof(expressionOf, mutated(expressionOf)), (reader, text) => {
      const parsed = parseCron(text, reader);
      if (!parsed.ok) return;
      said += 1;
      const sentence = cronSentence(parsed.cron);
      expect(sentence).toMatch(/^(At|Every|On the hour|Never)\b[\w ,:()]*$/);
      expect(sentence).not.toMatch(/undefined|NaN|null| {2}|, *,|, *$/);
    }),
    { numRuns: 5_000 },
  );
  expect(said).toBeGreaterThan(1_000);
});

const lists = fc.record({
  minutes: fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { minLength: 1, maxLength: 60 }),
  hours: fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 24 }),
  days: fc.uniqueArray(fc.integer({ min: 1, max: 31 }), { minLength: 1, maxLength: 30 }),
  months: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 12 }),
  weekdays: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 6 }),
});

test('one value more in any field, and the sentence is another', () => {
  fc.assert(
    fc.property(
      dialect,
      lists,
      fc.nat({ max: 4 }),
      fc.nat({ max: 59 }),
      (reader, given, at, more) => {
        const fields = Object.values(given);
        const [min, size] = [
          [0, 60],
          [0, 24],
          [1, 31],
          [1, 12],
          [0, 7],
        ][at] ?? [0, 1];
        const value = (more % (size ?? 1)) + (min ?? 0);
        const wider = fields.map((values, index) => (index === at ? [...values, value] : values));
        if (fields[at]?.includes(value)) return;
        // Every day of either kind is every day, whatever the other one says.
        if (wider[2]?.length === 31 || wider[4]?.length === 7) return;
        const [one, other] = [fields, wider].map((all) => say(all.map(String).join(' '), reader));
        expect(one).not.toBe(other);
      },
    ),
    { numRuns: 5_000 },
  );
});
