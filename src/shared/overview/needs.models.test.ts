import { expect, test } from 'vitest';
import { listed } from './names.models.ts';
import { isNearlyFull, type NeedFacts, needsOf } from './needs.models.ts';
import type { EndedRun } from './run-needs.models.ts';

const now = Date.parse('2026-11-23T12:00:00Z');
const minute = 60_000;
const day = 86_400_000;
const gib = 1024 ** 3;
const quiet: NeedFacts = {
  now,
  cluster: { id: 'prod', state: 'available', problem: null, identityChanged: false },
  answeredAt: now,
  ended: [],
  damaged: [],
  unread: [],
  uncovered: { names: [], reason: '' },
  disk: { free: 100 * gib, total: 200 * gib },
  hasBackup: true,
  verification: { newest: 'nightly', lastAt: now - day },
  schedules: { overdue: [], clockDoubt: null, asking: [] },
};
const problem = {
  code: 'disk.full',
  status: 507,
  title: 'The disk is full.',
  detail: 'Nothing was kept.',
};
const run = (over: Partial<EndedRun>): EndedRun => ({
  id: '01936f5e-0000-7000-8000-000000000001',
  kind: 'backup',
  state: 'failed',
  backup: 'manual-1',
  namespaces: 'all',
  createdAt: now - 12 * minute,
  problem,
  ...over,
});
const sentences = (over: Partial<NeedFacts>) =>
  needsOf({ ...quiet, ...over }).map(({ state, sentence }) => `${state}: ${sentence}`);

test('nothing needs anybody when all is well', () => {
  expect(needsOf(quiet)).toEqual([]);
});

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
  [['a', 'b', 'c', 'd'], 'a, b and 2 more'],
  [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more'],
])('%j is written %j', (names, expected) => {
  expect(listed(names)).toBe(expected);
});

test.each<[string, Partial<NeedFacts>, string]>([
  [
    'a cluster that has not answered for a while',
    {
      cluster: { ...quiet.cluster, state: 'unavailable', problem: 'Refused.' },
      answeredAt: now - 3 * minute,
    },
    'unavailable: prod has not answered for 3 min',
  ],
  [
    'a cluster that never answered',
    { cluster: { ...quiet.cluster, state: 'unavailable' }, answeredAt: null },
    'unavailable: prod has not answered since Lifeboat started',
  ],
  [
    'a cluster with another identity',
    { cluster: { ...quiet.cluster, state: 'unavailable', identityChanged: true } },
    'unavailable: prod may be another cluster than before',
  ],
  ['a cluster without a backup', { hasBackup: false }, 'uncovered: prod has no backup'],
  ['a damaged backup', { damaged: ['nightly'] }, 'damaged: nightly is damaged'],
  ['damaged backups', { damaged: ['a', 'b'] }, 'damaged: 2 backups are damaged'],
  [
    'a failed backup of everything',
    { ended: [run({})] },
    'failed: The backup of the whole cluster failed 12 min ago',
  ],
  [
    'a failed backup of two namespaces',
    { ended: [run({ namespaces: ['a', 'b'] })] },
    'failed: The backup of a and b failed 12 min ago',
  ],
  [
    'an interrupted verification',
    { ended: [run({ kind: 'verify', state: 'interrupted' })] },
    'interrupted: The verification of manual-1 was interrupted 12 min ago',
  ],
  [
    'a restore that ended in part',
    { ended: [run({ kind: 'restore', state: 'partial' })] },
    'partial: The restore from manual-1 ended in part 12 min ago',
  ],
  [
    'a failed export',
    { ended: [run({ kind: 'export' })] },
    'failed: The export of manual-1 failed 12 min ago',
  ],
  [
    'a failed deletion',
    { ended: [run({ kind: 'delete' })] },
    'failed: The deletion of manual-1 failed 12 min ago',
  ],
  [
    'failed maintenance',
    { ended: [run({ kind: 'maintenance', backup: null })] },
    'failed: Maintenance failed 12 min ago',
  ],
  [
    'kinds that could not be read',
    {
      unread: [
        {
          backup: 'nightly',
          objects: 9,
          kinds: [{ resource: 'secrets', namespaced: true, reason: 'No.' }],
        },
      ],
    },
    'partial: nightly is missing 1 kind: secrets',
  ],
  [
    'a namespace in no backup',
    { uncovered: { names: ['ledger'], reason: 'It is new.' } },
    'uncovered: Namespace ledger is in no backup',
  ],
  [
    'namespaces in no backup',
    { uncovered: { names: ['ledger', 'ml'], reason: 'They are new.' } },
    'uncovered: Namespaces ledger and ml are in no backup',
  ],
  [
    'a disk that is nearly full',
    { disk: { free: gib, total: 50 * gib } },
    'warning: The disk of the backups is nearly full: 1.0 GiB of 50 GiB free',
  ],
  [
    'backups that nobody verified',
    { verification: { newest: 'nightly', lastAt: null } },
    'unknown: No backup was ever verified',
  ],
  [
    'backups that nobody verified for long',
    { verification: { newest: 'nightly', lastAt: now - 45 * day } },
    'unknown: No backup was verified for 45 days',
  ],
])('%s needs somebody', (_, over, expected) => {
  expect(sentences(over)).toEqual([expected]);
});

test('a button beside the line does what helps', () => {
  const actions = (over: Partial<NeedFacts>) =>
    needsOf({ ...quiet, ...over }).map(({ action }) => action?.what ?? null);
  const many = Array.from({ length: 21 }, (_, at) => `n${at}`);
  expect(actions({ ended: [run({ namespaces: ['a'] })] })).toEqual(['backUp']);
  expect(actions({ ended: [run({ kind: 'restore' })] })).toEqual(['openRun']);
  expect(actions({ ended: [run({ kind: 'maintenance' })] })).toEqual([null]);
  expect(actions({ uncovered: { names: ['a'], reason: '' } })).toEqual(['backUp']);
  expect(actions({ uncovered: { names: many, reason: '' } })).toEqual(['openCoverage']);
  expect(actions({ verification: { newest: 'nightly', lastAt: null } })).toEqual(['verify']);
});

test('the same failure again and again is one line that says how often', () => {
  const again = [run({}), run({ createdAt: now - 60 * minute }), run({ createdAt: now - day })];
  const [line, ...others] = needsOf({ ...quiet, ended: again });
  expect(others).toEqual([]);
  expect(line?.detail).toBe('The disk is full. Nothing was kept. 3 times in a row.');
});

test('different causes are different lines, the worst first', () => {
  const ended = [run({ state: 'interrupted' }), run({ namespaces: ['a'] })];
  expect(sentences({ ended, disk: { free: 1, total: 2 }, damaged: ['x'] })).toEqual([
    'damaged: x is damaged',
    'failed: The backup of a failed 12 min ago',
    'interrupted: The backup of the whole cluster was interrupted 12 min ago',
    'warning: The disk of the backups is nearly full: 1 byte of 2 bytes free',
  ]);
});

const later = { createdAt: now - minute, state: 'completed' as const, problem: null };

test.each<[string, EndedRun, EndedRun, boolean]>([
  ['a later backup of the same', run({}), run(later), true],
  ['a later backup of everything', run({ namespaces: ['a'] }), run(later), true],
  ['a later backup of less', run({}), run({ ...later, namespaces: ['a'] }), false],
  [
    'a later backup of others',
    run({ namespaces: ['a'] }),
    run({ ...later, namespaces: ['b'] }),
    false,
  ],
  [
    'a later partial one, which has a line of its own',
    run({}),
    run({ ...later, state: 'partial' }),
    true,
  ],
  ['a later one that was canceled', run({}), run({ ...later, state: 'canceled' }), false],
  [
    'a later restore from the same backup',
    run({ kind: 'restore' }),
    run({ ...later, kind: 'restore' }),
    true,
  ],
  [
    'a later restore from another backup',
    run({ kind: 'restore' }),
    run({ ...later, kind: 'restore', backup: 'other' }),
    false,
  ],
  ['a run of another kind', run({ kind: 'export' }), run({ ...later, kind: 'verify' }), false],
])('a failure is settled by %s: %#', (_, failure, good, settled) => {
  expect(sentences({ ended: [good, failure] })).toHaveLength(settled ? 0 : 1);
});

test('a verification that found damage is told as the damage, once', () => {
  const ended = [run({ kind: 'verify' })];
  expect(sentences({ ended, damaged: ['manual-1'] })).toEqual(['damaged: manual-1 is damaged']);
});

test('a partial backup is told by what it lacks', () => {
  expect(sentences({ ended: [run({ state: 'partial', problem: null })] })).toEqual([]);
});

test.each([
  [gib - 1, 1000 * gib, true],
  [19 * gib, 1000 * gib, true],
  [21 * gib, 1000 * gib, false],
  [5 * gib, 40 * gib, false],
  [5 * gib, 60 * gib, true],
])('%i bytes free of %i are nearly full: %s', (free, total, expected) => {
  expect(isNearlyFull({ free, total })).toBe(expected);
});
