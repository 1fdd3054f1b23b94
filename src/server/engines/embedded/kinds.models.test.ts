import { expect, test } from 'vitest';
import { defaultNoise, selectKinds } from './kinds.models.ts';

const resource = (group: string, plural: string, namespaced = true) => ({
  group,
  version: 'v1',
  plural,
  kind: plural,
  namespaced,
  verbs: ['create', 'get', 'list'],
  subresources: [],
});
const whole = { scoped: false, noise: defaultNoise };
const selected = (group: string, plural: string) =>
  selectKinds([resource(group, plural)], whole).length === 1;

test.each([
  ['rbac.authorization.k8s.io', 'clusterroles'],
  ['rbac.authorization.k8s.io', 'rolebindings'],
  ['', 'secrets'],
  ['apps', 'deployments'],
  ['example.com', 'events'],
])('a backup of the whole cluster holds the kinds of %s: %s', (group, plural) => {
  expect(selected(group, plural)).toBe(true);
});

test.each([
  ['', 'events'],
  ['events.k8s.io', 'events'],
  ['coordination.k8s.io', 'leases'],
  ['discovery.k8s.io', 'endpointslices'],
  ['metrics.k8s.io', 'pods'],
  ['authorization.k8s.io', 'subjectaccessreviews'],
  ['authorization.k8s.io', 'selfsubjectrulesreviews'],
  ['authentication.k8s.io', 'tokenreviews'],
])('what changes all the time is left out: %s: %s', (group, plural) => {
  expect(selected(group, plural)).toBe(false);
});

test('a kind that is named is held, noise or not', () => {
  const leases = resource('coordination.k8s.io', 'leases');
  expect(selectKinds([leases], { ...whole, kinds: ['leases'] })).toEqual([leases]);
});
