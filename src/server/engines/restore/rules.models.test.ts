import { expect, test } from 'vitest';
import { printJson } from '#shared/json/lossless.ts';
import { parseBody } from './body.models.ts';
import { splitLate } from './late.models.ts';
import { mapBody, mapPlace } from './mapping.models.ts';
import { mergeForUpdate } from './merge.models.ts';
import { modify } from './modifiers.models.ts';
import { releaseAddress, sayReleased, takenAddress } from './addresses.models.ts';
import { heldJob, finishedStatus } from './finished-job.models.ts';
import { whyNotRestored, isFinishedJob } from './cluster-made.models.ts';
import { explain } from './refusals.models.ts';
import { isMadeAgain } from './owners.models.ts';

const merge = (resource: string, wanted: string, live: string) =>
  mergeForUpdate({ resource, keepStatus: false, wanted: parseBody(wanted), live: parseBody(live) });

test('an update keeps identity, status and finalizers of the live object and drops what was added', () => {
  const { body } = merge(
    'configmaps',
    '{"metadata":{"name":"a"},"data":{"k":"old"}}',
    '{"metadata":{"name":"a","uid":"u","resourceVersion":"9","finalizers":["x/y"],"labels":{"new":"1"}},"data":{"k":"new","added":"1"},"status":{"s":1}}',
  );
  expect(body).toEqual({
    metadata: { name: 'a', uid: 'u', resourceVersion: '9', finalizers: ['x/y'] },
    data: { k: 'old' },
    status: { s: 1 },
  });
});

test('an update keeps addresses, bindings and selectors that the cluster chose', () => {
  const service = merge(
    'services',
    '{"metadata":{},"spec":{"clusterIP":"10.0.0.1","type":"ClusterIP"}}',
    '{"metadata":{"uid":"u","resourceVersion":"1"},"spec":{"clusterIP":"10.0.0.2","clusterIPs":["10.0.0.2"]}}',
  );
  expect(service.body['spec']).toEqual({
    clusterIP: '10.0.0.2',
    clusterIPs: ['10.0.0.2'],
    type: 'ClusterIP',
  });
  const claim = merge(
    'persistentvolumeclaims',
    '{"metadata":{},"spec":{"volumeName":"old"}}',
    '{"metadata":{"uid":"u","resourceVersion":"1"},"spec":{"volumeName":"new"}}',
  );
  expect(claim.body['spec']).toEqual({ volumeName: 'new' });
});

test('an owner that the live object has keeps its new uid, a missing one waits for the second pass', () => {
  const owner = (name: string, uid: string) =>
    `{"apiVersion":"example.com/v1","kind":"W","name":"${name}","uid":"${uid}"}`;
  const { body, missingOwners } = merge(
    'configmaps',
    `{"metadata":{"ownerReferences":[${owner('a', 'old')},${owner('b', 'old')}]}}`,
    `{"metadata":{"uid":"u","resourceVersion":"1","ownerReferences":[${owner('a', 'new')}]}}`,
  );
  expect(printJson(body)).toContain('"uid":"new"');
  expect(printJson(body)).not.toContain('"old"');
  expect(missingOwners.map((missing) => missing['name'])).toEqual(['b']);
});

test('a mapped namespace moves the object, its claim, its name label and the subjects of bindings', () => {
  const mapping = { shop: 'copy' };
  expect(mapPlace(mapping, { resource: 'namespaces', namespace: null, name: 'shop' }).name).toBe(
    'copy',
  );
  expect(
    mapBody(
      mapping,
      'namespaces',
      parseBody('{"metadata":{"name":"shop","labels":{"kubernetes.io/metadata.name":"shop"}}}'),
    ),
  ).toEqual({ metadata: { name: 'copy', labels: { 'kubernetes.io/metadata.name': 'copy' } } });
  expect(
    mapBody(
      mapping,
      'persistentvolumes',
      parseBody('{"metadata":{},"spec":{"claimRef":{"namespace":"shop"}}}'),
    ),
  ).toEqual({ metadata: {}, spec: { claimRef: { namespace: 'copy' } } });
  expect(
    mapBody(
      mapping,
      'clusterrolebindings.rbac.authorization.k8s.io',
      parseBody(
        '{"metadata":{},"subjects":[{"kind":"ServiceAccount","namespace":"shop"},{"kind":"User","name":"shop"},{"kind":"ServiceAccount","namespace":"other"}]}',
      ),
    ),
  ).toEqual({
    metadata: {},
    subjects: [
      { kind: 'ServiceAccount', namespace: 'copy' },
      { kind: 'User', name: 'shop' },
      { kind: 'ServiceAccount', namespace: 'other' },
    ],
  });
});

const at = { resource: 'configmaps', namespace: 'shop', name: 'a' };
const rule = (
  patch: {
    op: 'add' | 'copy' | 'test' | 'replace';
    path: string;
    from?: string;
    value?: unknown;
  }[],
) => ({ resource: 'config*', patch });

test('a modifier changes what it names, and numbers of 64 bits survive it', () => {
  const body = parseBody('{"metadata":{"name":"a","namespace":"shop"},"n":9007199254740993}');
  const changed = modify(body, at, [
    rule([
      { op: 'add', path: '/data', value: { k: 'v' } },
      { op: 'copy', from: '/n', path: '/m' },
    ]),
  ]);
  expect(printJson(changed)).toBe(
    '{"metadata":{"name":"a","namespace":"shop"},"n":9007199254740993,"data":{"k":"v"},"m":9007199254740993}',
  );
});

test('a modifier whose test fails leaves the object, one that cannot be applied is refused', () => {
  const body = parseBody('{"metadata":{"name":"a","namespace":"shop"}}');
  expect(modify(body, at, [rule([{ op: 'test', path: '/metadata/name', value: 'b' }])])).toEqual(
    body,
  );
  expect(() => modify(body, at, [rule([{ op: 'replace', path: '/no/such', value: 1 }])])).toThrow(
    expect.objectContaining({
      problem: expect.objectContaining({ code: 'restores.modifier_invalid' }),
    }),
  );
  expect(() =>
    modify(body, at, [rule([{ op: 'add', path: '/__proto__/polluted', value: 1 }])]),
  ).toThrow('A modifier of config* cannot be applied: its patch does not fit the object.');
});

test.each([
  { op: 'replace' as const, path: '/metadata/name', value: 'b' },
  { op: 'add' as const, path: '/metadata', value: { name: 'a', namespace: 'elsewhere' } },
  { op: 'replace' as const, path: '', value: { metadata: {} } },
])('a modifier never moves an object somewhere else than planned: %j', (operation) => {
  const body = parseBody('{"metadata":{"name":"a","namespace":"shop"}}');
  expect(() => modify(body, at, [rule([operation])])).toThrow('changes the name or the namespace');
});

test.each([
  [
    'namespaces',
    '{"metadata":{"labels":{"pod-security.kubernetes.io/enforce":"restricted","a":"b"}}}',
    { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } },
  ],
  [
    'storageclasses.storage.k8s.io',
    '{"metadata":{"annotations":{"storageclass.kubernetes.io/is-default-class":"true"}}}',
    { metadata: { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } } },
  ],
  [
    'priorityclasses.scheduling.k8s.io',
    '{"metadata":{},"globalDefault":true}',
    { globalDefault: true },
  ],
  ['configmaps', '{"metadata":{"labels":{"pod-security.kubernetes.io/enforce":"x"}}}', null],
])('rules that younger objects would break come late: %s', (resource, body, late) => {
  const split = splitLate(resource, parseBody(body));
  expect(split.late).toEqual(late);
  expect(printJson(split.early)).not.toMatch(/restricted|is-default-class|globalDefault":true/);
});

test.each([
  [
    'spec.clusterIPs: Invalid value: ["10.0.0.7"]: failed to allocate IP 10.0.0.7: provided IP is already allocated',
    'clusterIP',
  ],
  [
    'spec.clusterIPs: Invalid value: ["10.1.0.7"]: failed to allocate IP 10.1.0.7: the provided IP (10.1.0.7) is not in the valid range. The range of valid IPs is 10.0.0.0/24',
    'clusterIP',
  ],
  ['spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated', 'nodePort'],
  ['spec.ports[0].port: Required value', null],
])('the refusal “%s” is about: %s', (message, taken) => expect(takenAddress(message)).toBe(taken));

test('a Service whose address is taken is created without it, and the sentence names both', () => {
  const service = parseBody(
    '{"spec":{"clusterIP":"10.0.0.7","clusterIPs":["10.0.0.7"],"ports":[{"port":80,"nodePort":30080}]}}',
  );
  expect(releaseAddress(service, 'clusterIP')).toEqual({
    spec: { ports: [{ port: 80, nodePort: 30080 }] },
  });
  expect(releaseAddress(service, 'nodePort')['spec']).toMatchObject({ ports: [{ port: 80 }] });
  expect(sayReleased(service, ['clusterIP'], parseBody('{"spec":{"clusterIP":"10.0.0.9"}}'))).toBe(
    'Its cluster IP 10.0.0.7 is not free here; it has 10.0.0.9.',
  );
});

test('a finished job is created held, and its status says why before that', () => {
  const job = parseBody(
    '{"metadata":{},"spec":{},"status":{"succeeded":1,"active":0,"ready":0,"uncountedTerminatedPods":{},"conditions":[{"type":"Complete","status":"True"}]}}',
  );
  expect(isFinishedJob('jobs.batch', job)).toBe(true);
  expect(heldJob(job)['spec']).toEqual({ suspend: true });
  expect(finishedStatus(job)).toEqual({
    succeeded: 1,
    conditions: [
      { type: 'SuccessCriteriaMet', status: 'True' },
      { type: 'Complete', status: 'True' },
    ],
  });
});

test.each([
  ['services', '{"metadata":{"name":"kubernetes","namespace":"default"}}'],
  ['pods', '{"metadata":{"annotations":{"kubernetes.io/config.mirror":"x"}}}'],
  ['pods', '{"metadata":{},"status":{"phase":"Succeeded"}}'],
  [
    'secrets',
    '{"metadata":{"name":"web-token-x7k2p","annotations":{"kubernetes.io/service-account.name":"web"}},"type":"kubernetes.io/service-account-token"}',
  ],
  [
    'apiservices.apiregistration.k8s.io',
    '{"metadata":{"labels":{"kube-aggregator.kubernetes.io/automanaged":"onstart"}}}',
  ],
  ['configmaps', '{"metadata":{"deletionTimestamp":"2026-01-01T00:00:00Z"}}'],
  ['nodes', '{"metadata":{}}'],
])('what the cluster makes itself or cannot take back is not written: %s %s', (resource, body) =>
  expect(whyNotRestored(resource, parseBody(body), { isLive: false })).toMatch(/\.$/),
);

test.each([
  ['pods', '{"metadata":{},"status":{"phase":"Running"}}'],
  [
    'secrets',
    '{"metadata":{"name":"web-token-mine","annotations":{"kubernetes.io/service-account.name":"web"}},"type":"kubernetes.io/service-account-token"}',
  ],
  ['services', '{"metadata":{"name":"kubernetes","namespace":"shop"}}'],
])('what people made is written: %s %s', (resource, body) =>
  expect(whyNotRestored(resource, parseBody(body), { isLive: false })).toBeNull(),
);

test.each([
  ['pods', 'apps/v1', true],
  ['pods', 'example.com/v1', true],
  ['configmaps', 'example.com/v1', false],
  ['endpointslices.discovery.k8s.io', 'v1', true],
  ['jobs.batch', 'batch/v1', true],
  ['secrets', 'cert-manager.io/v1', false],
])('%s of an owner of %s are made again by its controller: %s', (resource, apiVersion, expected) =>
  expect(isMadeAgain(resource, { apiVersion, kind: 'K', name: 'n', uid: 'u' })).toBe(expected),
);

test('the refusal of a sealed object never repeats the words of the server', () => {
  const refusal = {
    status: 422,
    reason: 'Invalid',
    message: 'data[key]: Invalid value: "c2VjcmV0"',
  };
  expect(explain(refusal, { sealed: true })).not.toContain('c2VjcmV0');
  expect(explain(refusal, { sealed: false })).toContain('c2VjcmV0');
  expect(
    explain({ status: 403, reason: 'Forbidden', message: 'exceeded quota: q' }, { sealed: false }),
  ).toBe('A quota refuses it: exceeded quota: q');
});
