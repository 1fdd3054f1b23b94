import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Binding } from './access.contract.ts';
import { roles } from './permissions.models.ts';
import { allRights, bothRights, mayGrant, rightsOf } from './rights.models.ts';

const bind = (over: Partial<Binding>): Binding => ({
  role: 'operator',
  cluster: 'prod',
  namespaces: null,
  extra: [],
  ...over,
});

const shop = bind({ namespaces: ['shop'] });
const pay = bind({ namespaces: ['pay'] });

test.each([
  ['the whole cluster, with a role on all of it', [bind({})], 'all', true],
  ['the whole cluster, with a role on one namespace', [shop], 'all', false],
  ['one namespace, with a role on it', [shop], ['shop'], true],
  ['two namespaces, with a role on one', [shop], ['shop', 'pay'], false],
  ['two namespaces, with one binding for each', [shop, pay], ['shop', 'pay'], true],
  ['what is visible, with a role on one namespace', [shop], 'some', true],
  ['what is visible, with a role in another cluster', [bind({ cluster: 'dev' })], 'some', false],
  ['what is visible, with no role', [], 'some', false],
  ['cluster-scoped things only, with a role on one namespace', [shop], [], false],
  ['cluster-scoped things only, with a role on all of it', [bind({})], [], true],
  ['a cluster, with a role on all clusters', [bind({ cluster: '*' })], 'all', true],
] as const)('backing up %s is decided by what it touches', (_, bindings, namespaces, expected) => {
  const { may } = rightsOf(bindings);
  expect(may('backups:create', { cluster: 'prod', namespaces })).toBe(expected);
});

test('a role on one cluster does not reach the installation, a role anywhere sees its part of it', () => {
  const { may } = rightsOf([bind({ role: 'admin' })]);
  expect(may('access:manage', { cluster: '*', namespaces: 'all' })).toBe(false);
  expect(may('clusters:read', { cluster: '*', namespaces: 'some' })).toBe(true);
});

test('rights that no role brings are granted one by one, on the scope of their binding', () => {
  const { may } = rightsOf([
    bind({ role: 'admin' }),
    bind({ role: 'viewer', namespaces: ['shop'], extra: ['secrets:read'] }),
  ]);
  expect(may('secrets:read', { cluster: 'prod', namespaces: ['shop'] })).toBe(true);
  expect(may('secrets:read', { cluster: 'prod', namespaces: ['pay'] })).toBe(false);
  expect(may('backups:export', { cluster: 'prod', namespaces: 'all' })).toBe(false);
});

test('a person without any role may still see who they are and sign out', () => {
  expect(rightsOf([]).may('session:use', { cluster: '*', namespaces: 'some' })).toBe(true);
});

test('what two sides allow is never more than either allows', () => {
  const both = bothRights(rightsOf([shop, pay]), rightsOf([bind({ role: 'viewer' }), pay]));
  expect(both.namespacesWith('backups:create', 'prod')).toEqual(['pay']);
  expect(both.namespacesWith('backups:read', 'prod')).toEqual(['shop', 'pay']);
  expect(both.may('backups:create', { cluster: 'prod', namespaces: ['shop'] })).toBe(false);
});

test('two sides with nothing in common allow nothing, not even to look', () => {
  const both = bothRights(rightsOf([shop]), rightsOf([pay]));
  expect(both.may('backups:read', { cluster: 'prod', namespaces: 'some' })).toBe(false);
});

test.each([
  [
    'an administrator',
    'all rights there are',
    [bind({ role: 'admin', cluster: '*' })],
    allRights,
    false,
  ],
  ['an administrator', 'a role', [bind({ role: 'admin', cluster: '*' })], bind({}), true],
  ['the local administrator', 'all rights there are', [allRights], allRights, true],
  ['a restorer of one namespace', 'that', [bind({ ...shop, role: 'restorer' })], shop, true],
  ['a restorer of one namespace', 'another', [bind({ ...shop, role: 'restorer' })], pay, false],
  ['an operator', 'a higher role', [bind({})], bind({ role: 'admin' }), false],
])('%s granting %s: %#', (_, __, mine, wanted, expected) => {
  expect(mayGrant(rightsOf(mine), [wanted])).toBe(expected);
});

const names = fc.constantFrom('shop', 'pay', 'web');
const anyBinding: fc.Arbitrary<Binding> = fc.record({
  role: fc.constantFrom(...roles),
  cluster: fc.constantFrom('*', 'prod', 'dev'),
  namespaces: fc.option(fc.uniqueArray(names, { minLength: 1 })),
  extra: fc.subarray(['secrets:read', 'backups:export'] as const).map((some) => [...some]),
});

test('what is answered as one person’s namespaces is exactly what that person may touch', () => {
  const property = fc.property(fc.array(anyBinding, { maxLength: 4 }), names, (bindings, name) => {
    const { may, namespacesWith } = rightsOf(bindings);
    const mine = namespacesWith('backups:read', 'prod');
    expect(may('backups:read', { cluster: 'prod', namespaces: [name] })).toBe(
      mine === 'all' || mine.includes(name),
    );
    expect(may('backups:read', { cluster: 'prod', namespaces: 'all' })).toBe(mine === 'all');
  });
  fc.assert(property);
});

test('who may grant bindings holds every right that they bring', () => {
  const property = fc.property(fc.array(anyBinding), anyBinding, (mine, wanted) => {
    const rights = rightsOf(mine);
    fc.pre(mayGrant(rights, [wanted]));
    const granted = rightsOf([wanted]);
    for (const permission of ['backups:delete', 'secrets:read', 'backups:read'] as const) {
      const given = granted.namespacesWith(permission, 'prod');
      if (given.length === 0) continue;
      expect(rights.may(permission, { cluster: 'prod', namespaces: given })).toBe(true);
    }
  });
  fc.assert(property);
});
