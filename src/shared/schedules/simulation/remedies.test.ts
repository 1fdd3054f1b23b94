import { expect, test } from 'vitest';
import type { Finding, Remedy } from '../preview.contract.ts';
import type { RetentionPolicy } from '../retention/retention.types.ts';
import { simulate } from './simulate.models.ts';
import type { World } from './simulation.types.ts';
import { days, type Line, nightly, simulated, world } from './testing/estate.ts';
import { week } from './testing/healthy.ts';
import { a, b, many, pay, shop } from './testing/lines.ts';
import { situations } from './testing/situations.ts';

/** What is said of the schedule that somebody edits. */
function said(lines: readonly Line[], edited: string, over: Partial<World> = {}): Finding[] {
  const schedules = lines.map((line) => simulated(line, over.now));
  const only = schedules.find(({ name }) => name === edited);
  return simulate({ schedules, world: world(over), ...(only && { only }) });
}

const remediesOf = (lines: readonly Line[], edited: string, over?: Partial<World>): Remedy[] =>
  said(lines, edited, over).flatMap(({ remedies }) => remedies);

/** As the form applies it: the edited schedule is changed, and those that it replaces rest. */
function applied(lines: readonly Line[], edited: string, { change, replaces }: Remedy): Line[] {
  const { retention, jitter, ...rest } = change;
  const fields = {
    ...rest,
    ...(typeof retention === 'string' && { retention: policyOf(retention) }),
    ...(typeof jitter === 'string' && { jitter: Number.parseInt(jitter) * 0.77 }),
  };
  return lines.map((line) => {
    if (line.name === edited) return { ...line, ...fields };
    return replaces.includes(line.name) ? { ...line, pausedUntil: Infinity } : line;
  });
}

const policyOf = (text: string): RetentionPolicy => days(Number.parseInt(text));
const keyOf = ({ kind, schedules }: Finding): string => `${kind} ${schedules.join(' ')}`;
const countOf = (findings: readonly Finding[], asked: Finding['severity']) =>
  findings.filter(({ severity }) => severity === asked).length;

const offered = situations.flatMap(([what, lines, , over]) =>
  lines.flatMap(({ name }) =>
    said(lines, name, over).flatMap((finding) =>
      finding.remedies.map((remedy) => ({ what, lines, name, over, finding, remedy })),
    ),
  ),
);

test('the corpus is offered every kind of remedy', () => {
  const kinds = new Set(offered.map(({ remedy }) => remedy.kind));
  expect([...kinds].toSorted()).toEqual(['keepLonger', 'merge', 'shift', 'stagger', 'widen']);
});

test.each(offered.map((one) => [one.what, one.name, one.remedy.label, one] as const))(
  '%s, %s: “%s” makes the finding go, and nothing worse comes',
  (_, edited, __, { lines, over, finding, remedy }) => {
    const before = said(lines, edited, over);
    const after = said(applied(lines, edited, remedy), edited, over);
    expect(after.map(keyOf)).not.toContain(keyOf(finding));
    for (const severity of ['error', 'warning'] as const)
      expect(countOf(after, severity)).toBeLessThanOrEqual(countOf(before, severity));
  },
);

test('two that do the same in different namespaces become one', () => {
  const lines = [
    a('0 2 * * *', { namespaces: ['shop', 'web'] }),
    b('0 2 * * *', { namespaces: ['web', 'pay'] }),
  ];
  expect(remediesOf(lines, 'b')).toContainEqual({
    kind: 'merge',
    label: 'Merge: take shop too, and let a rest',
    change: { namespaces: ['web', 'pay', 'shop'] },
    replaces: ['a'],
  });
});

test('a schedule of the whole cluster makes that of a namespace needless', () => {
  expect(remediesOf([a('0 2 * * *'), b('0 2 * * *', shop)], 'a')).toContainEqual({
    kind: 'merge',
    label: 'Merge: let b rest',
    change: {},
    replaces: ['b'],
  });
});

test.each([
  ['kept for another time', { retention: days(7) }],
  ['of another type', { takes: 'full' }],
  ['that is more urgent', { priority: 'urgent' }],
  ['that may lose less', { targetRpo: 3 * 1440 }],
  ['that waits where the other skips', { overlap: 'wait' }],
  ['at other times', { frequency: '0 */6 * * *' }],
  ['but for what the other takes', { excluded: ['shop'] }],
] as const)('nothing is merged with one %s', (_, more: Partial<Line>) => {
  const kinds = remediesOf([a('0 2 * * *', { ...more }), b('0 2 * * *', shop)], 'a').map(
    ({ kind }) => kind,
  );
  expect(kinds).not.toContain('merge');
});

test('what does the same with a promise of its own is redundant, but no button lets it rest', () => {
  const [finding] = said(
    [a('0 2 * * *', { priority: 'low' }), b('0 2 * * *', { priority: 'urgent' })],
    'a',
  );
  expect(finding).toMatchObject({ kind: 'redundant', remedies: [] });
});

test('nobody lets schedules rest that they may not see', () => {
  const lines = [
    a('0 2 * * *'),
    b('0 2 * * *', shop),
    { ...b('0 2 * * *'), name: 'a schedule of others', isForeign: true },
  ];
  expect(remediesOf(lines, 'a').flatMap(({ replaces }) => replaces)).toEqual(['b']);
});

test('no more are merged at once than can be sent', () => {
  const lines = many(150, (n) => ({ name: `s${n}`, frequency: '0 2 * * *', minutes: 0.1 }));
  const [merge] = remediesOf(lines, 's3');
  expect(merge?.label).toBe('Merge: let 100 others rest');
  expect(merge?.replaces).toHaveLength(100);
});

test('many that begin at once can become one', () => {
  const lines = many(12, (n) => ({
    name: `s${n}`,
    frequency: '0 2 * * *',
    namespaces: [`n${n}`],
    minutes: 0.1,
  }));
  const [merge] = remediesOf(lines, 's3');
  expect(merge?.label).toBe('Merge: take 11 more namespaces too, and let 11 others rest');
  expect(merge?.replaces).toHaveLength(11);
});

test.each([
  ['*/10 * * * *', 12, '*/15 * * * *', 'Run every 15 minutes'],
  ['*/10 * * * 1-5', 40, '0 * * * 1-5', 'Run every hour, Monday through Friday'],
  [
    'CRON_TZ=Europe/Zurich 20 * * * *',
    130,
    'CRON_TZ=Europe/Zurich 20 */3 * * *',
    'Run at 20 minutes past the hour, in every 3rd hour from 0 through 21',
  ],
  ['@hourly', 1000, '0 0 * * *', 'Run at 00:00'],
  ['@every 10m', 45, '@every 60m', 'Run every 1 h, counted from the last slot'],
  ['0,10 8-18 * * *', 20, '0 8-18 * * *', 'Run every hour, between 08:00 and 18:00'],
  ['0,10 2 * * *', 20, '0 2 * * *', 'Run at 02:00'],
  ['*/15 8,20 * * *', 40, '0 8,20 * * *', 'Run at 08:00 and 20:00'],
  [
    '7,37 */2 * * *',
    40,
    '7 */2 * * *',
    'Run at 7 minutes past the hour, in every 2nd hour from 0 through 22',
  ],
])('%s that takes %d minutes is offered %s', (frequency, minutes, wider, label) => {
  expect(remediesOf([a(frequency, { minutes })], 'a')).toEqual([
    { kind: 'widen', label, change: { frequency: wider }, replaces: [] },
  ]);
});

test('nothing is moved out of one blackout into the next', () => {
  const over = {
    blackouts: [...nightly(1, 4), ...nightly(5, 6)].toSorted((x, y) => x.from - y.from),
  };
  expect(remediesOf([a('0 * * * *')], 'a', { blackouts: nightly(22, 30) })).toEqual([]);
  expect(remediesOf([a('0 2,3 * * *')], 'a', over)).toEqual([]);
});

test('out of a blackout it is moved to where nobody else is', () => {
  const lines = [a('0 2 * * *', shop), b('0 4 * * *', { ...shop, takes: 'full', minutes: 8 })];
  expect(remediesOf(lines, 'a', { blackouts: nightly(1, 4) })).toEqual([
    { kind: 'shift', label: 'Move a to 04:10', change: { frequency: '10 4 * * *' }, replaces: [] },
  ]);
});

test('nobody is moved into a blackout to meet nobody', () => {
  const lines = [
    a('50 0 * * *', { ...shop, minutes: 20 }),
    b('55 0 * * *', { ...shop, takes: 'full' }),
  ];
  const moved = remediesOf(lines, 'b', { blackouts: nightly(1, 4) });
  expect(moved.map(({ label }) => label)).toEqual(['Move b to 00:45']);
});

test('no interval is offered to what takes longer than a day', () => {
  expect(remediesOf([a('0 2 * * *', { minutes: 1500 })], 'a')).toEqual([]);
});

test('a window that is full is opened for longer', () => {
  const lines: Line[] = [
    { name: 'a', frequency: { days: week, from: '02:00', to: '03:00' }, ...shop, takes: 'full' },
    b('0 2 * * *', { ...shop, minutes: 90 }),
  ];
  expect(remediesOf(lines, 'a')).toContainEqual({
    kind: 'widen',
    label: 'Let it begin until 04:00',
    change: { frequency: { days: week, from: '02:00', to: '04:00' } },
    replaces: [],
  });
});

test('a window in a blackout is opened until it is over', () => {
  const lines: Line[] = [
    { name: 'a', frequency: { days: week, from: '02:00', to: '03:00' }, ...pay },
  ];
  expect(remediesOf(lines, 'a', { blackouts: nightly(1, 4) })).toContainEqual({
    kind: 'widen',
    label: 'Let it begin until 05:00',
    change: { frequency: { days: week, from: '02:00', to: '05:00' } },
    replaces: [],
  });
});
