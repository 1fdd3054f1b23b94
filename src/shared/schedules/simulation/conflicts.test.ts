import { expect, test } from 'vitest';
import { simulate } from './simulate.models.ts';
import type { World } from './simulation.types.ts';
import { type Line, now, simulated, world } from './testing/estate.ts';
import { healthy } from './testing/healthy.ts';
import { a, b, c, many, shop } from './testing/lines.ts';
import { situations } from './testing/situations.ts';

const found = (lines: readonly Line[], over: Partial<World> = {}) =>
  simulate({ schedules: lines.map((line) => simulated(line, over.now)), world: world(over) });

/** What is said of the one that somebody edits. */
function foundOf(lines: readonly Line[], edited: string, over: Partial<World> = {}) {
  const schedules = lines.map((line) => simulated(line, over.now));
  const only = schedules.find(({ name }) => name === edited);
  return simulate({ schedules, world: world(over), ...(only && { only }) });
}

/** `error selfOverlap a` */
const short = (lines: readonly Line[], over?: Partial<World>) =>
  found(lines, over).map(
    ({ severity, kind, schedules }) => `${severity} ${kind} ${schedules.join(' ')}`,
  );

test('the corpus has at least sixty situations', () => {
  expect(situations.length).toBeGreaterThanOrEqual(60);
});

test.each(situations)('%s', (_, lines, expected, over) => {
  expect(short(lines, over).toSorted()).toEqual(expected.toSorted());
});

test('at least twenty estates are healthy', () => {
  expect(healthy.length).toBeGreaterThanOrEqual(20);
});

test.each(healthy)('nothing is said of %s', (_, lines, over) => {
  expect(found(lines, over).map(({ sentence }) => sentence)).toEqual([]);
});

test('a meeting is told with where, how often, and a time at which nobody is met', () => {
  const [met] = foundOf(
    [
      a('0 4 * * *', { namespaces: ['cdn'] }),
      b('0 4 * * *', { namespaces: ['cdn'], takes: 'full' }),
    ],
    'b',
  );
  expect(met?.sentence).toBe(
    'b meets a 14 times in namespace cdn, first at 2026-11-25 04:00Z: one waits for the other, up to 1 min.',
  );
  expect(met?.remedies).toEqual([
    { kind: 'shift', label: 'Move b to 04:05', change: { frequency: '5 4 * * *' }, replaces: [] },
  ]);
});

test('only what the edited schedule is part of is told', () => {
  expect(foundOf([a('0 2 * * *'), b('0 2 * * *', shop), c('0 9 * * *')], 'c')).toEqual([]);
});

test('whoever edits nothing is offered no change: it would tell of schedules they may not see', () => {
  const offered = situations.flatMap(([, lines, , over]) =>
    found(lines, over).flatMap(({ remedies }) => remedies),
  );
  expect(offered).toEqual([]);
});

test('one that is met behind many runs of other namespaces is found', () => {
  const busy = many(20, (n) => ({
    name: `s${n}`,
    frequency: '0 1 * * *',
    namespaces: [`n${n}`],
    minutes: 90,
  }));
  const lines = [
    ...busy,
    a('5 1 * * *', { ...shop, minutes: 60, takes: 'full' }),
    b('10 1 * * *', shop),
  ];
  expect(
    foundOf(lines, 'b').map(({ kind, schedules }) => `${kind} ${schedules.join(' ')}`),
  ).toContain('sameNamespaces a b');
});

const alike = (count: number) =>
  many(count, (n) => ({ name: `s${n}`, frequency: '0 2 * * *', minutes: 0.01 }));

test('those that do the same are told in one sentence, however many they are', () => {
  const [first, ...more] = found(alike(2000)).filter(({ kind }) => kind === 'redundant');
  expect(more).toEqual([]);
  expect(first?.schedules).toHaveLength(2000);
  expect(first?.sentence).toBe(
    's0, s1, s2, s3, s4 and 1,995 more back up the same objects at nearly the same times and keep them equally long: one of them is enough.',
  );
});

test('whoever edits one of them is told of it, and of the others', () => {
  const [first] = foundOf([...alike(6), c('0 14 * * *')], 's5').filter(
    ({ kind }) => kind === 'redundant',
  );
  expect(first?.schedules).toEqual(['s0', 's1', 's2', 's3', 's4', 's5']);
});

test('200 schedules are checked while somebody types', () => {
  const lines = many(200, (n) => ({
    name: `s${n}`,
    frequency: `${n % 60} ${n % 3 ? '*' : n % 24} * * *`,
    namespaces: [`n${n % 50}`],
  }));
  const schedules = lines.map((line) => simulated(line));
  const [only] = schedules;
  const took = [1, 2, 3].map(() => {
    const from = Date.now();
    simulate({ schedules, world: world({ now }), ...(only && { only }) });
    return Date.now() - from;
  });
  expect(Math.min(...took)).toBeLessThan(300);
});
