import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoff, retryAfter } from './timing.models.ts';

const now = Date.UTC(2026, 10, 23, 12);

test.each([
  ['0', 0],
  [' 7 ', 7_000],
  ['Mon, 23 Nov 2026 12:00:30 GMT', 30_000],
  ['Mon, 23 Nov 2026 11:00:00 GMT', 0],
  ['soon', null],
  ['-1', null],
  ['', null],
  [undefined, null],
])('Retry-After %j means %s ms', (header, expected) => {
  expect(retryAfter(header, now)).toBe(expected);
});

test('a pause is anything up to the doubled step, never beyond the cap', () => {
  const limits = { base: 500, cap: 10_000 };
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000 }),
      fc.float({ min: 0, max: 1, noNaN: true }),
      (n, r) => {
        const pause = backoff(n, limits, () => r);
        expect(pause).toBeGreaterThanOrEqual(0);
        expect(pause).toBeLessThanOrEqual(Math.min(10_000, 500 * 2 ** (n - 1)));
      },
    ),
    { verbose: true },
  );
});
