import { expect, test } from 'vitest';
import { normalise, normalisedText } from './normalise.models.ts';
import { parseBody } from './body.models.ts';

const plain = { resource: 'configmaps', keepStatus: false };
const text = (body: string, options = plain) => normalisedText(parseBody(body), options);

test('identity, versions, managed fields and status make no difference', () => {
  const fresh =
    '{"metadata":{"name":"a","uid":"1","resourceVersion":"5","generation":1,"creationTimestamp":"x","managedFields":[{}],"labels":{}},"data":{"k":"v"},"status":{"a":1}}';
  expect(text(fresh)).toBe(text('{"data":{"k":"v"},"metadata":{"name":"a","annotations":{}}}'));
});

test('status is data where the kind has no status subresource', () => {
  const options = { resource: 'widgets.example.com', keepStatus: true };
  expect(text('{"metadata":{},"status":{"a":1}}', options)).not.toBe(
    text('{"metadata":{}}', options),
  );
});

test('integers of 64 bits are compared with all their digits', () => {
  expect(text('{"metadata":{},"n":9007199254740993}')).not.toBe(
    text('{"metadata":{},"n":9007199254740992}'),
  );
});

test('owner references are equal whatever the uid of the owner', () => {
  const owned = (uid: string, name: string) =>
    text(`{"metadata":{"ownerReferences":[{"kind":"W","name":"${name}","uid":"${uid}"}]}}`);
  expect(owned('1', 'a')).toBe(owned('2', 'a'));
  expect(owned('1', 'a')).not.toBe(owned('1', 'b'));
});

test.each([
  ['pods', '{"spec":{"nodeName":"n1","priority":0}}', '{"spec":{}}'],
  [
    'persistentvolumes',
    '{"spec":{"claimRef":{"name":"c","uid":"1","resourceVersion":"2"}}}',
    '{"spec":{"claimRef":{"name":"c"}}}',
  ],
  [
    'persistentvolumeclaims',
    '{"metadata":{"annotations":{"pv.kubernetes.io/bind-completed":"yes"}}}',
    '{"metadata":{}}',
  ],
  [
    'jobs.batch',
    '{"spec":{"selector":{"matchLabels":{"batch.kubernetes.io/controller-uid":"1"}},"template":{"metadata":{"labels":{"controller-uid":"1","app":"x"}}}}}',
    '{"spec":{"template":{"metadata":{"labels":{"app":"x"}}}}}',
  ],
  [
    'deployments.apps',
    '{"metadata":{"annotations":{"deployment.kubernetes.io/revision":"7"}}}',
    '{"metadata":{}}',
  ],
  [
    'secrets',
    '{"type":"kubernetes.io/service-account-token","data":{"token":"eA=="}}',
    '{"type":"kubernetes.io/service-account-token"}',
  ],
  [
    'clusterroles.rbac.authorization.k8s.io',
    '{"aggregationRule":{},"rules":[{"verbs":["get"]}]}',
    '{"aggregationRule":{}}',
  ],
  [
    'configmaps',
    '{"metadata":{"name":"kube-root-ca.crt"},"data":{"ca.crt":"x"}}',
    '{"metadata":{"name":"kube-root-ca.crt"}}',
  ],
  [
    'serviceaccounts',
    '{"metadata":{"name":"a"},"secrets":[{"name":"a-token-x7k2p"}]}',
    '{"metadata":{"name":"a"}}',
  ],
])('what the cluster writes into %s makes no difference', (resource, one, other) =>
  expect(text(one, { resource, keepStatus: false })).toBe(
    text(other, { resource, keepStatus: false }),
  ),
);

test.each([
  ['jobs.batch', '{"spec":{"manualSelector":true,"selector":{"a":1}}}'],
  ['secrets', '{"type":"Opaque","data":{"token":"eA=="}}'],
  ['clusterroles.rbac.authorization.k8s.io', '{"rules":[{"verbs":["get"]}]}'],
  ['serviceaccounts', '{"metadata":{"name":"a"},"secrets":[{"name":"a-token-chosen"}]}'],
  ['services', '{"spec":{"clusterIP":"10.0.0.7","ports":[{"nodePort":30080}]}}'],
  ['configmaps', '{"metadata":{"generateName":"a-","finalizers":["example.com/hold"]}}'],
])('what people chose in %s is kept', (resource, body) =>
  expect(normalise(parseBody(body), { resource, keepStatus: false })).toEqual(parseBody(body)),
);

test('the original is never touched', () => {
  const body = parseBody('{"metadata":{"uid":"1","name":"a"},"status":{}}');
  normalise(body, plain);
  expect(body).toEqual(parseBody('{"metadata":{"uid":"1","name":"a"},"status":{}}'));
});
