import { expect, test } from 'vitest';
import { policyOf, retentionFault, retentionInWords } from './policy.models.ts';

test('a duration keeps everything of that time, counted from the newest good backup', () => {
  expect(policyOf('7d')).toEqual({ within: { years: 0, months: 0, days: 7, hours: 0 } });
  expect(retentionInWords('7d')).toBe('everything of 7 days');
});

test('rules are said in their order', () => {
  expect(retentionInWords({ weekly: 4, daily: 7, within: '12h' })).toBe(
    'the newest of 7 days, the newest of 4 weeks, everything of 12 hours',
  );
  expect(retentionInWords('forever')).toBe('for ever');
});

test.each([
  ['0d', '0d is no time at all: give a duration such as 7d, or forever'],
  [{}, 'it would keep nothing: give at least one rule, or forever'],
  [{ daily: 0 }, 'it would keep nothing: give at least one rule, or forever'],
  [{ daily: 1 }, null],
  ['forever', null],
  ['168h', null],
])('%j: %s', (written, fault) => {
  expect(retentionFault(written)).toBe(fault);
});
