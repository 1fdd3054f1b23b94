import { expect, test } from 'vitest';
import { headline, lede } from './answer.models.ts';
import type { Overview } from './overview.contract.ts';
import { sampleOverview } from './testing/sample.ts';

const now = Date.parse('2026-11-23T12:00:00Z');
const { cluster, newest } = sampleOverview();
const counts = (covered: number, partly: number, uncovered: number) => ({
  namespaces: { all: covered + partly + uncovered, covered, partly, uncovered },
});
const volumes = (notBackedUp: number, all = notBackedUp) => ({ volumes: { all, notBackedUp } });
const away = { from: 'backup', at: null, problem: 'prod does not answer.' } as const;
const unavailable: Partial<Overview> = {
  seen: away,
  cluster: { ...cluster, state: 'unavailable', problem: 'It does not answer.' },
};
const worst = {
  backup: 'old',
  at: '2026-11-23T09:00:00.000Z',
  state: 'completed',
  namespace: 'payments',
} as const;

test.each<[string, Partial<Overview>, string]>([
  ['all is held', {}, 'All 16 namespaces have a restore point'],
  ['one is held', counts(1, 0, 0), 'The one namespace has a restore point'],
  ['there is nothing to hold', counts(0, 0, 0), 'prod has no namespace'],
  [
    'a reader sees some',
    { reach: 'some', ...counts(2, 0, 0) },
    'All 2 namespaces that you may see have a restore point',
  ],
  [
    'a reader sees one',
    { reach: 'some', ...counts(1, 0, 0) },
    'The one namespace that you may see has a restore point',
  ],
  [
    'the data of volumes is missing',
    volumes(7),
    'All 16 namespaces have a restore point, the data of 7 volumes has none',
  ],
  [
    'the data of one volume is missing',
    volumes(1),
    'All 16 namespaces have a restore point, the data of 1 volume has none',
  ],
  [
    'volumes are unknown',
    { volumes: null },
    'All 16 namespaces have a restore point; what volumes there are is unknown',
  ],
  ['one is in part', counts(15, 1, 0), 'One namespace would not come back whole'],
  ['two are missing', counts(14, 1, 1), 'Two namespaces would not come back whole'],
  ['many are missing', counts(1, 0, 1200), '1,200 namespaces would not come back whole'],
  ['none is held', counts(0, 0, 16), 'None of 16 namespaces is in a backup'],
  ['the only one is not held', counts(0, 0, 1), 'The one namespace is in no backup'],
  [
    'there is no backup',
    { backups: 0, newest: null, worst: null, ...counts(0, 0, 16) },
    'Nothing of prod could be brought back: it has no backup',
  ],
  [
    'no backup is usable',
    { newest: null, worst: null, ...counts(0, 0, 16) },
    'No backup of prod can be restored from',
  ],
  [
    'the cluster is away',
    unavailable,
    '16 namespaces have a restore point; what prod holds now is unknown',
  ],
  [
    'the cluster is away and had one namespace',
    { ...unavailable, ...counts(1, 0, 0) },
    '1 namespace has a restore point; what prod holds now is unknown',
  ],
  [
    'the cluster is away and something was missing before',
    { ...unavailable, ...counts(15, 1, 0) },
    'One namespace would not come back whole',
  ],
  [
    'nobody knows the namespaces',
    { namespaces: null, volumes: null, seen: { ...away, from: 'nothing' } },
    'What prod holds is unknown, and so is what would come back',
  ],
  [
    'its identity changed',
    { cluster: { ...cluster, identityChanged: true } },
    'prod may be another cluster than before',
  ],
])('the headline when %s', (_, over, expected) => {
  expect(headline(sampleOverview(over))).toBe(expected);
});

const line = (over: Partial<Overview>) => {
  const { strong, rest } = lede(sampleOverview(over), now);
  return `${strong} ${rest}`;
};

test.each<[string, Partial<Overview>, string]>([
  [
    'says how old the restore point is, and where',
    {},
    'Objects of 16 namespaces were backed up 12 min ago. The only copy is on this machine.',
  ],
  [
    'names the namespace whose restore point is the oldest',
    { worst },
    'Objects of 16 namespaces were backed up, the newest 12 min ago, those of payments 3 h ago. The only copy is on this machine.',
  ],
  [
    'does not tell backups of the same minute apart',
    { worst: { ...worst, at: '2026-11-23T11:47:30.000Z' } },
    'Objects of 16 namespaces were backed up 12 min ago. The only copy is on this machine.',
  ],
  [
    'says how many of all, and which data is missing',
    { ...counts(13, 1, 2), ...volumes(7, 9) },
    'Objects of 14 of 16 namespaces were backed up 12 min ago. Data of 7 volumes is not in any backup. The only copy is on this machine.',
  ],
  [
    'says when it is all of them',
    volumes(7),
    'Objects of 16 namespaces were backed up 12 min ago. Data of all 7 volumes is not in any backup. The only copy is on this machine.',
  ],
  [
    'speaks of one volume',
    volumes(1),
    'Objects of 16 namespaces were backed up 12 min ago. Data of 1 volume is not in any backup. The only copy is on this machine.',
  ],
  [
    'says how old the newest export is',
    {
      elsewhere: {
        exports: 2,
        newest: { backup: 'nightly', at: '2026-11-22T12:00:00.000Z', to: 's3' },
      },
    },
    'Objects of 16 namespaces were backed up 12 min ago. The newest export is from 1 d ago.',
  ],
  [
    'says nothing of exports that its reader may not see',
    { elsewhere: null },
    'Objects of 16 namespaces were backed up 12 min ago.',
  ],
  [
    'says for how long the cluster has not answered',
    { ...unavailable, answeredAt: '2026-11-23T11:58:00.000Z', elsewhere: null },
    'Objects of 16 namespaces were backed up 12 min ago. prod has not answered for 2 min: what changed since is unknown.',
  ],
  [
    'says when it never answered',
    { ...unavailable, answeredAt: null, elsewhere: null },
    'Objects of 16 namespaces were backed up 12 min ago. prod has not answered since Lifeboat started: what it holds now is unknown.',
  ],
  [
    'says that there is no backup',
    { backups: 0, newest: null, worst: null },
    'No backup was made of it yet.',
  ],
  [
    'says that none can be used',
    { backups: 1, newest: null, worst: null },
    '1 backup is there, none of them whole.',
  ],
  [
    'speaks of the newest backup when namespaces are unknown',
    { namespaces: null, worst: null, newest, elsewhere: null },
    'The newest backup is from 12 min ago.',
  ],
  [
    'says what an unknown identity stops',
    { cluster: { ...cluster, identityChanged: true } },
    'Backups and restores have stopped until somebody says whether it is the same cluster, rebuilt, or another one.',
  ],
])('the line under it %s', (_, over, expected) => {
  expect(line(over)).toBe(expected);
});
