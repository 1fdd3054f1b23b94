import fc from 'fast-check';
import { expect, test } from 'vitest';
import { priorities } from '#shared/runs/runs.contract.ts';
import { ageEvery, inOrder, type Ordered } from './queue-order.models.ts';

const now = 1_000 * ageEvery;
const run = (id: string, over: Partial<Ordered> = {}): Ordered => ({
  id,
  priority: 'normal',
  rank: 0,
  createdAt: now,
  ...over,
});
const order = (...runs: Ordered[]) => inOrder(runs, now).map(({ id }) => id);

test('urgent goes before high, high before normal, normal before low', () => {
  const mixed = (['low', 'normal', 'urgent', 'high'] as const).map((priority) =>
    run(priority, { priority }),
  );
  expect(order(...mixed)).toEqual(['urgent', 'high', 'normal', 'low']);
});

test('within a priority the one goes first that is needed first', () => {
  expect(order(run('later', { rank: 9 }), run('sooner', { rank: 3 }))).toEqual(['sooner', 'later']);
});

test('who waits for hours moves up', () => {
  const old = run('old', { priority: 'low', createdAt: now - 2 * ageEvery });
  expect(order(run('new', { priority: 'normal' }), old)).toEqual(['old', 'new']);
});

const anyRun = fc.record({
  id: fc.uuid(),
  priority: fc.constantFrom(...priorities),
  rank: fc.nat(1000),
  createdAt: fc.integer({ min: now - 12 * ageEvery, max: now }),
});

test('nothing starves: what comes later than its class in hours never goes before it', () => {
  fc.assert(
    fc.property(anyRun, fc.array(anyRun, { maxLength: 50 }), (waited, others) => {
      const bound = waited.createdAt + (priorities.indexOf(waited.priority) + 1) * ageEvery;
      const sorted = inOrder([waited, ...others], now);
      const ahead = sorted.slice(0, sorted.indexOf(waited));
      expect(ahead.filter(({ createdAt }) => createdAt > bound)).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});
