import { expect, test } from 'vitest';
import { closedBy, quantity, type Readings } from './resources.models.ts';

const calm: Readings = {
  cpu: 0.2,
  memory: 0.4,
  apiMilliseconds: 12,
  free: { bytes: 5e10, share: 0.5 },
};
const closed = (over: Partial<Readings>, before: string[] = []) => [
  ...closedBy({ ...calm, ...over }, new Set(before)).values(),
];

test('a calm cluster and one of which nothing is known are open', () => {
  expect(closed({})).toEqual([]);
  expect(closed({ cpu: null, memory: null, apiMilliseconds: null, free: null })).toEqual([]);
});

test('each resource closes with its own sentence', () => {
  expect(
    closed({ cpu: 0.97, apiMilliseconds: 2400, free: { bytes: 2 ** 20, share: 0.001 } }),
  ).toEqual([
    'CPU of a node is at 97 %',
    'the API server takes 2400 ms to answer',
    'only 1.0 MiB are free where backups are kept',
  ]);
});

test('what had closed it opens only well below, so that it does not flap', () => {
  expect(closed({ memory: 0.92 })).toEqual([]);
  expect(closed({ memory: 0.92 }, ['memory'])).toEqual(['memory of a node is at 92 %']);
  expect(closed({ memory: 0.89 }, ['memory'])).toEqual([]);
  expect(closed({ free: { bytes: 1e9, share: 0.015 } }, ['free'])).toHaveLength(1);
});

test.each([
  ['1500m', 1.5],
  ['250000000n', 0.25],
  ['4', 4],
  ['128Mi', 134_217_728],
  ['many', null],
])('%s is %s', (text, value) => {
  expect(quantity(text)).toBe(value);
});
