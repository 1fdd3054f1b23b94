import { expect, test } from 'vitest';
import { parseCron } from './cron-parse.models.ts';
import { cronSentence } from './cron-sentence.models.ts';
import type { CronDialect } from './cron.types.ts';

function say(text: string, dialect: CronDialect = 'calendar'): string {
  const parsed = parseCron(text, dialect);
  return parsed.ok ? cronSentence(parsed.cron) : parsed.error.message;
}

test.each([
  ['0 0 * * *', 'At 00:00'],
  ['@daily', 'At 00:00'],
  ['CRON_TZ=Europe/Zurich 30 2 * * 1-5', 'At 02:30, Monday through Friday'],
  ['*/15 * * * *', 'Every 15 minutes'],
  ['0 4,10,16,22 * * *', 'At 04:00, 10:00, 16:00 and 22:00'],
  ['0 0 L * *', 'At 00:00, on the last day of the month'],
  ['0 0 * * FRI#3', 'At 00:00, on the third Friday of the month'],
  ['@every 90m', 'Every 1 h 30 min, counted from the last run'],
])('%s is “%s”', (text, words) => {
  expect(say(text)).toBe(words);
});

test.each([
  ['*/25 * * * *', 'At 0, 25, and 50 minutes past the hour'],
  ['0 */7 * * *', 'At 00:00, 07:00, 14:00 and 21:00'],
  ['0 0 1/10 * *', 'At 00:00, on day 1, 11, 21, and 31 of the month'],
  ['*/1 3 * * *', 'Every minute, between 03:00 and 03:59'],
])('steps that do not divide the hour, day or month are written out: %s', (text, words) => {
  expect(say(text)).toBe(words);
});

test('a day of the month with a day of the week says which way they go together', () => {
  expect([say('0 2 15 * FRI'), say('0 2 15 * FRI', 'go-cron'), say('0 2 */2 * FRI')]).toEqual([
    'At 02:00, on day 15 of the month, and on Friday (whichever comes)',
    'At 02:00, on day 15 of the month, and on Friday (only when both meet)',
    expect.stringContaining('on day 1, 3, 5'),
  ]);
});
