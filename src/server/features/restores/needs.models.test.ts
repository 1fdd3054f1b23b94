import { expect, test } from 'vitest';
import type { RestoreOptions } from '#shared/restores/restores.contract.ts';
import {
  nothingReached,
  type Planned,
  reach,
  readingNeeds,
  startingNeeds,
} from './needs.models.ts';

const options: RestoreOptions = { backup: 'b', conflictPolicy: 'skip', dryRun: false };

const object = (given: Partial<Planned>): Planned => ({
  resource: 'configmaps',
  action: 'create',
  sourceNamespace: 'shop',
  namespace: 'shop',
  name: 'a',
  ...given,
});

const needed = (planned: Planned[], { otherCluster = false, ...more } = {}) => {
  const reached = nothingReached();
  for (const one of planned) reach(reached, one, otherCluster);
  return startingNeeds(reached, { ...options, ...more }).map(
    ({ permission, cluster, namespaces }) => [permission, cluster, String(namespaces)].join(' '),
  );
};

const plain = ['backups:read source shop', 'restores:start target shop'];

test.each([
  ['objects of one namespace', [object({})], plain],
  [
    'objects moved to another namespace',
    [object({ namespace: 'copy' })],
    ['backups:read source shop', 'restores:start target copy'],
  ],
  [
    'a Namespace that was lost',
    [
      object({ resource: 'namespaces', name: 'shop', namespace: null, sourceNamespace: null }),
      object({}),
    ],
    plain,
  ],
  [
    'an object of the whole cluster',
    [object({ resource: 'storageclasses.storage.k8s.io', namespace: null, sourceNamespace: null })],
    ['backups:read source all', 'restores:start target all', 'restores:privileged target all'],
  ],
  [
    'an access rule inside a namespace',
    [object({ resource: 'roles.rbac.authorization.k8s.io' })],
    [...plain, 'restores:privileged target shop'],
  ],
  ['a Secret back where it was', [object({ resource: 'secrets' })], plain],
  [
    'a Secret into another namespace',
    [object({ resource: 'secrets', namespace: 'copy' })],
    ['backups:read source shop', 'restores:start target copy', 'secrets:read source shop'],
  ],
])('restoring %s needs exactly these rights', (_, planned, expected) => {
  expect(needed(planned)).toEqual(expected);
});

test('a Secret into another cluster needs the right to read it', () => {
  expect(needed([object({ resource: 'secrets' })], { otherCluster: true })).toContain(
    'secrets:read source shop',
  );
});

test('changing objects on their way is a right of its own', () => {
  const modifiers = [{ resource: 'configmaps', patch: [] }];
  expect(needed([object({})], { modifiers } as never)).toContain('restores:modify target shop');
});

test.each([
  ['secrets', true],
  ['*', true],
  ['sec*', true],
  ['configmaps', false],
])('a modifier of %s may show what is in a Secret: %s', (resource, shows) => {
  const modifiers = [
    { resource, patch: [{ op: 'copy', from: '/data', path: '/metadata/labels' }] },
  ];
  for (const action of ['update', 'unchanged'] as const) {
    const reached = nothingReached();
    reach(reached, object({ resource: 'secrets', action }), false);
    const needs = readingNeeds(reached, { ...options, modifiers } as never);
    expect(needs.some(({ permission }) => permission === 'secrets:read')).toBe(shows);
  }
});

test.each(['unchanged', 'skip', 'blocked', 'conflict'] as const)(
  'an object that is left as it is (%s) is only read',
  (action) => {
    const reached = nothingReached();
    reach(reached, object({ action, resource: 'secrets', namespace: 'copy' }), false);
    expect([reached.writesTo.size, reached.secretsMovedFrom.size]).toEqual([0, 0]);
    expect(readingNeeds(reached, options)).toHaveLength(1);
  },
);

test('a restore that finds everything unchanged needs the right to restore there, and no more', () => {
  const unchanged = object({ action: 'unchanged', namespace: 'copy' });
  expect(needed([unchanged])).toEqual(['backups:read source shop', 'restores:start target copy']);
});
