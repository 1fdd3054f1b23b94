import { expect, test } from 'vitest';
import { type StripEvent, stripOf } from './strips.models.ts';

const at = (text: string) => Date.parse(text);
const run = (when: string, state: StripEvent['state'], id = when): StripEvent => ({
  id,
  state,
  at: at(when),
});
const noon = at('2026-11-23T12:00:00Z');
const utc = { now: noon, zone: 'UTC', days: 3 };

test('each day has a cell, today the last, and days without runs say so', () => {
  const strip = stripOf('by hand', [run('2026-11-22T23:59:59Z', 'completed')], utc);
  expect(strip.days.map(({ day, state, runs }) => [day, state, runs])).toEqual([
    ['2026-11-21', 'none', 0],
    ['2026-11-22', 'completed', 1],
    ['2026-11-23', 'none', 0],
  ]);
  expect(strip.lastAt).toBe('2026-11-22T23:59:59.000Z');
});

test.each([
  [['completed', 'failed', 'partial'], 'failed'],
  [['completed', 'interrupted', 'partial'], 'interrupted'],
  [['completed', 'partial', 'canceled'], 'partial'],
  [['completed', 'canceled'], 'canceled'],
  [['completed', 'running'], 'running'],
  [['completed', 'completed'], 'completed'],
] as const)('a day with %j counts as %s', (states, worst) => {
  const runs = states.map((state, n) => run(`2026-11-23T0${n}:00:00Z`, state, `${state}-${n}`));
  const today = stripOf('by hand', runs, utc).days.at(-1);
  expect([today?.state, today?.runs]).toEqual([worst, states.length]);
  expect(today?.run?.startsWith(worst)).toBe(true);
});

test('a day begins at midnight where the reader is', () => {
  const late = [run('2026-11-22T23:30:00Z', 'completed')];
  const cells = stripOf('by hand', late, { ...utc, zone: 'Europe/Zurich' }).days;
  expect(cells.map(({ state }) => state)).toEqual(['none', 'none', 'completed']);
});

test('the day on which clocks change is one day', () => {
  const now = at('2026-10-26T12:00:00Z');
  const zone = 'Europe/Zurich';
  const runs = [run('2026-10-24T22:30:00Z', 'failed'), run('2026-10-25T22:30:00Z', 'partial')];
  const cells = stripOf('by hand', runs, { now, zone, days: 3 }).days;
  expect(cells.map(({ day, state, runs: n }) => [day, state, n])).toEqual([
    ['2026-10-24', 'none', 0],
    ['2026-10-25', 'failed', 2],
    ['2026-10-26', 'none', 0],
  ]);
});

test('nothing ran is said as that', () => {
  expect(stripOf('by hand', [], utc).lastAt).toBeNull();
});
