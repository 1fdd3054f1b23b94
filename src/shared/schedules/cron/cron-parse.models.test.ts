import { expect, test } from 'vitest';
import { neverFires } from './cron.models.ts';
import { parseCron } from './cron-parse.models.ts';
import type { CronDialect } from './cron.types.ts';

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
  ['*/60 * * * *', '*/60', null],
  ['0 0 32 * *', '32', null],
  ['0 0 * 13 *', '13', null],
  ['@dayly', '@dayly', '@daily'],
  ['@every 7d', '@every 7d', '@every 168h'],
  ['CRON_TZ=Mars/Olympus 0 0 * * *', 'Mars/Olympus', null],
  ['0 0 * * FRI#6', 'FRI#6', null],
  ['0 , * * *', ',', '*'],
])('%s is refused at “%s”, with a suggestion where one is near', (text, place, suggestion) => {
  expect(marked(text)).toBe(place);
  expect(errorOf(text)?.suggestion).toBe(suggestion);
  expect(errorOf(text)?.message).toMatch(/\.$/);
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
