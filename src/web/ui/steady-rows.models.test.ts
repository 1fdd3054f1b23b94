import { expect, test } from 'vitest';
import { steadyRows } from './steady-rows.models.ts';

type Row = { key: string; state: string };
const row = (key: string, state = 'old'): Row => ({ key, state });
const keyOf = ({ key }: Row) => key;

test('what stands on screen keeps its place and shows its newest state', () => {
  const { rows } = steadyRows([row('b'), row('a')], [row('b', 'new'), row('a')], keyOf);
  expect(rows).toEqual([row('b', 'new'), row('a')]);
});

test('new rows above wait and are counted, older ones are appended', () => {
  const now = [row('d'), row('c'), row('b'), row('a'), row('older')];
  const { rows, waiting } = steadyRows([row('b'), row('a')], now, keyOf);
  expect({ keys: rows.map(keyOf), waiting }).toEqual({ keys: ['b', 'a', 'older'], waiting: 2 });
});

test('what is gone stays in its place until the reader looks away', () => {
  const { rows, waiting } = steadyRows([row('b'), row('a')], [row('a')], keyOf);
  expect({ keys: rows.map(keyOf), waiting }).toEqual({ keys: ['b', 'a'], waiting: 0 });
});

test('nothing on screen yet: everything is shown at once', () => {
  expect(steadyRows([], [row('a')], keyOf)).toEqual({ rows: [row('a')], waiting: 0 });
});

test('another list altogether waits as a whole', () => {
  expect(steadyRows([row('x')], [row('a'), row('b')], keyOf)).toEqual({
    rows: [row('x')],
    waiting: 2,
  });
});
