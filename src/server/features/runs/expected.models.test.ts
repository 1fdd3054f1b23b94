import { expect, test } from 'vitest';
import { expectedTimes } from './expected.models.ts';
import type { Closed, Queued } from './queue.models.ts';

const run = (id: string, over: Partial<Queued> = {}): Queued => ({
  id,
  cluster: 'a',
  kind: 'backup',
  backup: id,
  ...over,
});

const expected = (
  waiting: Queued[],
  running: Queued[] = [],
  closed: Closed<Queued> = () => null,
) => {
  const found = expectedTimes(
    {
      waiting,
      running: running.map((one) => ({ run: one, startedAt: 0 })),
      lengthOf: ({ id }) => (id === 'unknown' ? null : 100),
      closed,
    },
    50,
  );
  return Object.fromEntries([...found].map(([id, { start, end }]) => [id, [start, end]]));
};

test('those of one cluster come one after the other', () => {
  expect(expected([run('2'), run('3')], [run('1')])).toEqual({
    1: [null, 100],
    2: [100, 200],
    3: [200, 300],
  });
});

test('those of another cluster begin at once', () => {
  expect(expected([run('2'), run('b', { cluster: 'b' })], [run('1')])['b']).toEqual([50, 150]);
});

test('what waits for a gate begins when it opens, and lets others go before', () => {
  const closed: Closed<Queued> = ({ id }) =>
    id === '1' ? { because: 'A blackout.', until: 500 } : null;
  expect(expected([run('1'), run('2')], [], closed)).toEqual({ 1: [500, 600], 2: [50, 150] });
});

test('nobody can tell when a gate opens that does not say so', () => {
  const closed: Closed<Queued> = () => ({ because: 'Too busy.', until: null });
  expect(expected([run('1')], [], closed)).toEqual({});
});

test('a run that takes longer than usual may end any moment', () => {
  expect(expected([], [run('1')])['1']).toEqual([null, 100]);
});
