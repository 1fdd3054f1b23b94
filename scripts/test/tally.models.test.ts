import { expect, test } from 'vitest';
import { lastLine, strict, sum, tallyOf } from './tally.models.ts';

const report = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1 };

test('the last line counts the tests of all steps', () => {
  const total = sum([tallyOf(report, 0), tallyOf({ ...report, numFailedTests: 2 }, 1)]);
  expect(lastLine(total)).toBe('6 passed, 2 failed');
});

test('a run that breaks before its first test is a failure, with or without a report', () => {
  expect(tallyOf(undefined, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(tallyOf(report, 1).failed).toBe(1);
});

test('in continuous integration a skipped test is a failed one', () => {
  expect(strict(tallyOf(report, 0))).toEqual({ passed: 3, failed: 2, skipped: 0 });
});
