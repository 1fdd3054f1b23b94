import fc from 'fast-check';
import { expect, test } from 'vitest';
import { neverFires } from './cron.models.ts';
import { parseCron } from './cron-parse.models.ts';
import type { CronDialect } from './cron.types.ts';
import { expressionOf, mutated } from './testing/expressions.ts';

const errorOf = (text: string, dialect: CronDialect = 'calendar') => {
  const parsed = parseCron(text, dialect);
  return parsed.ok ? null : parsed.error;
};
const marked = (text: string, dialect?: CronDialect) => {
  const error = errorOf(text, dialect);
  return error && text.slice(error.from, error.to);
};

test.each([
  ['0 0 * *', '0 0 * *', '0 0 * * *'],
  ['0 0 0 * * *', '0 0 0 * * *', '0 0 * * *'],
  ['0 24 * * *', '24', null],
  ['0 0 * * MONDAY', 'MONDAY', null],
  ['0 1-2-3 * * *', '1-2-3', null],
  ['*/60 * * * *', '*/60', '0'],
  ['5/60 * * * *', '5/60', '5'],
  ['0 */24 * * *', '*/24', '0'],
  ['0 0 32 * *', '32', null],
  ['0 0 * 13 *', '13', null],
  ['@dayly', '@dayly', '@daily'],
  ['@every 7d', '@every 7d', '@every 168h'],
  ['CRON_TZ=Mars/Olympus 0 0 * * *', 'Mars/Olympus', null],
  ['0 0 * * FRI#6', 'FRI#6', null],
  ['0 , * * *', ',', '*'],
  ['0 2 * * * 2030', '0 2 * * * 2030', '0 2 * * *'],
  ['<script>alert(1)</script> * * * *', '<script>alert(1)<', null],
  ['a b c', 'a b c', null],
  ['0 0 30 2', '0 0 30 2', null],
  ['@every 0s', '@every 0s', '@every 1s'],
  ['@every 500ms', '@every 500ms', '@every 1s'],
  ['@every -5m', '@every -5m', '@every 5m'],
  ['@every  1h', '@every  1h', '@every 1h'],
  ['@every', '@every', '@every 6h'],
  ['CRON_TZ= 0 1 * * *', '', 'UTC'],
  ['CRON_TZ=UTC', 'UTC', 'UTC 0 0 * * *'],
  ['? 3 * * *', '?', '*'],
  ['0 ?/2 * * *', '?/2', '*/2'],
  ['0 2 * 5,? *', '?', '*'],
  ['+2 2 * * *', '+2', '2'],
  ['0 2 +1 * *', '+1', '1'],
  ['*/+5 * * * *', '*/+5', '*/5'],
  ['0 2 1-+5 * *', '1-+5', '1-5'],
  ['0 2 * * 1-+5', '1-+5', '1-5'],
])('%s is refused at “%s”, with a suggestion where one is near', (text, place, suggestion) => {
  expect(marked(text)).toBe(place);
  expect(errorOf(text)?.suggestion).toBe(suggestion);
  expect(errorOf(text)?.message).toMatch(/\.$/);
});

test('a refusal says what is wrong in plain words, and the way out', () => {
  expect(errorOf('0 24 * * *')?.message).toBe('24 is not an hour: 0 to 23.');
  expect(errorOf('*/60 * * * *')?.message).toBe(
    '*/60 has a step of 60 over 60 values, of which only 0 is left: write 0. What comes less often is written in the field of the hour.',
  );
  expect(errorOf('0 2 31/2 * *')?.message).toMatch(/^31\/2 has a step of 2 over 1 value, of which/);
  expect(errorOf('CRON_TZ= 0 1 * * *')?.message).toBe(
    'The name of the time zone is missing after the =.',
  );
  expect(errorOf('@every 500ms')?.message).toBe(
    '500ms is too short: at least a second lies between two runs.',
  );
  expect(errorOf('@every  1h')?.message).toMatch(/^A single space stands between/);
  expect(errorOf('0 2 * * * 2030')?.message).toMatch(/no field for years\.$/);
  expect(errorOf('? 3 * * *')?.message).toBe('? leaves a day open; for a minute that is *.');
});

test('a day may be left open with ?, and Velero takes ? and signed numbers anywhere', () => {
  expect(errorOf('0 3 ? * 1')).toBeNull();
  expect(errorOf('0 3 1 * ?')).toBeNull();
  for (const dialect of ['robfig', 'go-cron'] as const)
    for (const text of ['? 3 * * *', '+2 2 * * *', '*/+5 * * * *', '0 2 * * 1-+5'])
      expect([text, errorOf(text, dialect)]).toEqual([text, null]);
});

// both Go libraries, asked
test('a space after a word with @ is one too many for Velero', () => {
  expect([errorOf('@daily '), errorOf('@daily ', 'robfig')?.suggestion]).toEqual([null, '@daily']);
  expect(errorOf('@every 1h ', 'go-cron')?.suggestion).toBe('@every 1h');
});

test('what is suggested, put in the place of what is wrong, can be read and comes', () => {
  const dialects = fc.constantFrom<CronDialect>('calendar', 'robfig', 'go-cron');
  let suggested = 0;
  fc.assert(
    fc.property(dialects, mutated(expressionOf), (dialect, text) => {
      const error = errorOf(text, dialect);
      if (error === null || error.suggestion === null) return;
      suggested += 1;
      const mended = `${text.slice(0, error.from)}${error.suggestion}${text.slice(error.to)}`;
      const parsed = parseCron(mended, dialect);
      const now = Date.UTC(2026, 10, 28);
      const comes = parsed.ok && !neverFires({ cron: parsed.cron, zone: 'UTC' }, now);
      expect({ text, dialect, mended, comes }).toMatchObject({ comes: true });
    }),
    { numRuns: 5_000 },
  );
  expect(suggested).toBeGreaterThan(100);
});

test('what would not come for five years is not suggested to Velero', () => {
  expect(errorOf('0 */,1 7 1,10,1 3', 'go-cron')).toMatchObject({ suggestion: null });
});

test('what only Lifeboat’s own engine knows is said to be unknown to Velero', () => {
  expect(errorOf('0 0 L * *', 'robfig')?.message).toBe(
    'L is known to Lifeboat’s own engine only, not to Velero.',
  );
  expect(errorOf('0 0 * * 7', 'robfig')).toMatchObject({ suggestion: '0' });
  expect(errorOf('0 0 * * 7', 'go-cron')).toBeNull();
});

test('an expression longer than a kilobyte is refused unread', () => {
  expect(errorOf(`0 0 * * ${'1,'.repeat(600)}1`)?.message).toMatch(/at most 1024/);
});

test.each([
  ['0 0 30 2 *', 'calendar', true],
  ['0 0 31 4 *', 'robfig', true],
  [',,, * * * *', 'go-cron', true],
  ['@manual', 'go-cron', true],
  ['0 0 29 2 *', 'calendar', false],
  ['@every 6h', 'robfig', false],
] as const)('whether %s ever comes is known beforehand to %s: %s', (text, dialect, never) => {
  const parsed = parseCron(text, dialect);
  expect(parsed.ok && neverFires({ cron: parsed.cron, zone: 'UTC' }, Date.UTC(2026, 10, 24))).toBe(
    never,
  );
});
