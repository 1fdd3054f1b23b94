import { expect, test } from 'vitest';
import type { CoverageItem } from './coverage.contract.ts';
import {
  type BackupScope,
  claimCoverage,
  type CoverageFacts,
  holds,
  matches,
  namespaceCoverage,
  type NamespacePoints,
  sortKey,
  tally,
} from './coverage.models.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const hour = 3_600_000;
const scope = (over: Partial<BackupScope> = {}): BackupScope => ({
  id: 'nightly',
  startedAt: noon,
  state: 'completed',
  chosen: null,
  excluded: [],
  narrowedTo: null,
  ...over,
});
const points = (over: Partial<NamespacePoints>): NamespacePoints => ({
  newest: null,
  complete: null,
  narrowed: null,
  ...over,
});
const facts = (over: Partial<CoverageFacts> = {}): CoverageFacts => ({
  newest: scope(),
  onlyDamaged: false,
  pointsOf: () => undefined,
  findingsOf: () => ({ kindsNotRead: [], claims: new Map() }),
  seesAll: true,
  schedulesOf: () => [],
  ...over,
});
const shop = { name: 'shop', createdAt: noon - hour };

test.each([
  ['objects of it were found', {}, shop, ['shop'], true],
  ['it was there, though empty, when the whole cluster was read', {}, shop, [], true],
  ['it came after the whole cluster was read', {}, { ...shop, createdAt: noon + 1 }, [], false],
  ['nobody knows when an empty one came', {}, { ...shop, createdAt: null }, [], false],
  ['it was left out by name', { excluded: ['shop'] }, shop, [], false],
  ['it was chosen, though empty', { chosen: ['shop'] }, shop, [], true],
  ['others were chosen', { chosen: ['pay'] }, shop, ['pay'], false],
])('a backup holds a namespace when %s', (_, over, live, found, expected) => {
  expect(holds(scope(over), live, new Set(found))).toBe(expected);
});

test('a namespace that the newest complete backup holds is covered', () => {
  const whole = scope();
  const item = namespaceCoverage(
    shop,
    facts({ pointsOf: () => points({ newest: whole, complete: whole }) }),
  );
  expect(item).toMatchObject({
    state: 'covered',
    reason: null,
    restorePoint: { backup: 'nightly', at: '2026-11-23T12:00:00.000Z', state: 'completed' },
  });
});

const secrets = { resource: 'secrets', namespaced: true, reason: 'secrets is forbidden' };
const nodes = { resource: 'nodes', namespaced: false, reason: 'nodes is forbidden' };
const partial = scope({ id: 'today', state: 'partial' });
const unread = (kinds: readonly (typeof secrets)[]) => () => ({
  kindsNotRead: kinds,
  claims: new Map<string, string>(),
});

test.each([
  [
    'with an older one that has everything',
    points({ newest: partial, complete: scope({ startedAt: noon - hour }) }),
    unread([secrets]),
    '1 kind could not be read: secrets. secrets is forbidden. An older backup has everything.',
  ],
  [
    'and none that has everything',
    points({ newest: partial }),
    unread(
      ['a', 'b', 'c', 'd'].map((resource) => ({
        resource,
        namespaced: true,
        reason: 'It timed out.',
      })),
    ),
    '4 kinds could not be read: a, b, c and 1 more. It timed out. No backup has everything of this namespace.',
  ],
  [
    'whose description is gone',
    points({ newest: partial }),
    () => undefined,
    'Some kinds could not be read; which ones, is not known any more. No backup has everything of this namespace.',
  ],
])(
  'a namespace in a partial backup %s is covered in part, and says why',
  (_, held, findingsOf, sentence) => {
    const item = namespaceCoverage(shop, facts({ pointsOf: () => held, findingsOf }));
    expect(item).toMatchObject({ state: 'partly', reason: { code: 'kindsNotRead', sentence } });
  },
);

test('kinds that no namespace has take nothing from a namespace', () => {
  const held = points({ newest: partial });
  const item = namespaceCoverage(
    shop,
    facts({ pointsOf: () => held, findingsOf: unread([nodes]) }),
  );
  expect(item.state).toBe('covered');
});

test('who sees some namespaces learns which kinds are missing, not what the API server said', () => {
  const given = { pointsOf: () => points({ newest: partial }), findingsOf: unread([secrets]) };
  const item = namespaceCoverage(shop, facts({ ...given, seesAll: false }));
  expect(item.reason?.sentence).toBe(
    '1 kind could not be read: secrets. No backup has everything of this namespace.',
  );
});

test('a backup of chosen kinds covers a namespace in part', () => {
  const narrowed = scope({ narrowedTo: 'only the kinds configmaps' });
  const item = namespaceCoverage(shop, facts({ pointsOf: () => points({ narrowed }) }));
  expect(item).toMatchObject({
    state: 'partly',
    reason: {
      code: 'narrowed',
      sentence: 'Only a part of it was chosen: only the kinds configmaps.',
    },
  });
});

test.each([
  ['there is no backup', { newest: null }, shop, 'noBackup', /no backup yet/],
  ['all are damaged', { newest: null, onlyDamaged: true }, shop, 'damaged', /damaged/],
  ['it is newer', {}, { ...shop, createdAt: noon + 1 }, 'newer', /after the newest backup began/],
  [
    'it is left out',
    { newest: scope({ excluded: ['shop'] }) },
    shop,
    'excluded',
    /left out of nightly by name/,
  ],
  ['others were chosen', {}, shop, 'notChosen', /nightly was made of other namespaces/],
  [
    'others were chosen, unseen',
    { seesAll: false },
    shop,
    'notChosen',
    /^No backup holds it\. No schedule takes it\.$/,
  ],
])('a namespace in no backup says that %s', (_, over, live, code, sentence) => {
  const item = namespaceCoverage(live, facts(over));
  expect([item.state, item.reason?.code, item.restorePoint]).toEqual(['uncovered', code, null]);
  expect(item.reason?.sentence).toMatch(sentence);
});

const claim = { namespace: 'shop', name: 'data', createdAt: noon - hour };
const held = () => points({ newest: scope(), complete: scope() });

test('a claim whose object is kept is still not covered: its data is in no backup', () => {
  const findingsOf = () => ({ kindsNotRead: [], claims: new Map([['shop/data', 'Not copied.']]) });
  expect(claimCoverage(claim, facts({ pointsOf: held, findingsOf }))).toMatchObject({
    state: 'uncovered',
    reason: { code: 'dataNotCopied', sentence: 'Not copied.' },
    restorePoint: { backup: 'nightly' },
  });
});

test.each([
  ['in a namespace without backup', claim, () => undefined, 'notChosen'],
  ['that is newer than the backup', { ...claim, createdAt: noon + 1 }, held, 'newer'],
  ['that the backup does not hold', claim, held, 'notChosen'],
])('a claim %s has no restore point', (_, live, pointsOf, code) => {
  const item = claimCoverage(live, facts({ pointsOf }));
  expect([item.state, item.reason?.code, item.restorePoint]).toEqual(['uncovered', code, null]);
});

const item = (over: Partial<CoverageItem>): CoverageItem => ({
  subject: 'namespace',
  namespace: 'a',
  name: null,
  state: 'covered',
  reason: null,
  restorePoint: null,
  schedules: [],
  createdAt: null,
  ...over,
});

test('the worst comes first, namespaces before claims, names in their bytewise order', () => {
  const items = [
    item({ namespace: 'a-b', state: 'partly' }),
    item({ namespace: 'a', state: 'partly' }),
    item({ namespace: 'b' }),
    item({ subject: 'claim', namespace: 'a', name: 'x', state: 'uncovered' }),
    item({ namespace: 'z', state: 'uncovered' }),
  ];
  const sorted = items.toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  expect(sorted.map(({ namespace, name }) => name ?? namespace)).toEqual([
    'z',
    'x',
    'a',
    'a-b',
    'b',
  ]);
});

test('claims and namespaces are counted apart', () => {
  const items = [
    item({}),
    item({ state: 'partly' }),
    item({ state: 'uncovered' }),
    item({ subject: 'claim', name: 'x', state: 'uncovered' }),
  ];
  expect(tally(items)).toEqual({
    namespaces: { all: 3, covered: 1, partly: 1, uncovered: 1 },
    claims: { all: 1, notBackedUp: 1 },
  });
});

test.each([
  ['a part of the name of a claim', { search: 'DAT' }, true],
  ['a part of its namespace', { search: 'sho' }, true],
  ['another text', { search: 'pay' }, false],
  ['another state', { state: 'covered' as const }, false],
  ['its kind', { subject: 'claim' as const, state: 'uncovered' as const }, true],
])('a claim is found by %s: %#', (_, filter, expected) => {
  const one = item({ subject: 'claim', namespace: 'shop', name: 'data', state: 'uncovered' });
  expect(matches(one, filter)).toBe(expected);
});
