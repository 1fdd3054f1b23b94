import { expect, test } from 'vitest';
import { isAsPut } from './put-everywhere.models.ts';
import { strip } from './strip.models.ts';

const account = (more: object = {}, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: 'default', namespace: 'shop', uid: 'u', resourceVersion: '7', ...metadata },
  ...more,
});
const certificate = (more: object = {}, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'kube-root-ca.crt', namespace: 'shop', uid: 'u', ...metadata },
  data: { 'ca.crt': 'of this cluster' },
  ...more,
});
const description = { 'kubernetes.io/description': 'Contains a CA bundle.' };

test.each([
  ['an account as it is put', 'serviceaccounts', account(), true],
  [
    'an account of an old cluster with its token',
    'serviceaccounts',
    account({ secrets: [{ name: 'default-token-x7k2p' }] }),
    true,
  ],
  [
    'an account with a pull secret',
    'serviceaccounts',
    account({ imagePullSecrets: [{ name: 'registry' }] }),
    false,
  ],
  [
    'an account that mounts no token',
    'serviceaccounts',
    account({ automountServiceAccountToken: false }),
    false,
  ],
  ['an account with a label', 'serviceaccounts', account({}, { labels: { team: 'shop' } }), false],
  [
    'an account with an annotation',
    'serviceaccounts',
    account({}, { annotations: { 'eks.amazonaws.com/role-arn': 'arn' } }),
    false,
  ],
  [
    'an account that somebody owns',
    'serviceaccounts',
    account({}, { ownerReferences: [{ kind: 'Shop', name: 's' }] }),
    false,
  ],
  ['another account', 'serviceaccounts', account({}, { name: 'web' }), false],
  ['a certificate', 'configmaps', certificate(), true],
  [
    'a certificate with its description',
    'configmaps',
    certificate({}, { annotations: description }),
    true,
  ],
  ['a certificate with a label', 'configmaps', certificate({}, { labels: { a: 'b' } }), false],
  ['a certificate that is immutable', 'configmaps', certificate({ immutable: true }), false],
])('%s (%s): is nothing of people in it? %#', (_, resource, body, expected) => {
  const stripped = strip(body, { resource, keepStatus: true });
  expect(isAsPut(resource, stripped)).toBe(expected);
});
