import { expect, test } from 'vitest';
import { rightsNeeded, rightsSentence } from './rights.models.ts';

const rights = (denied: (verb: string, neededFor: string) => boolean) =>
  rightsNeeded.map(({ neededFor, verb, resource }) => ({
    neededFor,
    verb,
    resource,
    allowed: !denied(verb, neededFor),
  }));

test.each([
  ['nothing is missing', () => false, /backed up and restored\.$/],
  ['it may only read', (_: string, what: string) => what === 'restore', /rbac-restore\.yaml/],
  ['it may not escalate', (verb: string) => verb === 'escalate', /rbac-restore\.yaml/],
  ['it may not list everything', (verb: string) => verb === 'list', /rbac-read\.yaml/],
  ['it may nothing', () => true, /rbac-read\.yaml/],
])('a connection test says what to do when %s', (_, denied, expected) => {
  expect(rightsSentence(rights(denied))).toMatch(expected);
});

test('rights are named as kubectl names them', () => {
  const names = rightsNeeded.map(({ verb, resource }) => `${verb} ${resource}`);
  expect(names).toContain('list secrets');
  expect(names).toContain('bind clusterroles.rbac.authorization.k8s.io');
});
