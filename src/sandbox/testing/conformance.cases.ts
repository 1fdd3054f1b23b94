/** One request, sent to the sandbox and to a real API server; `$ns` stands for a namespace of its own. */
export type Case = {
  title: string;
  method?: string;
  path: string;
  body?: unknown;
  type?: string;
  accept?: string;
  /** Milliseconds to wait first, for controllers. */
  after?: number;
  /** Asked again, for half a minute at most, until the answer has this status. */
  until?: number;
  /** Compare status and reason only, where the texts cannot agree. */
  loose?: boolean;
};

const configMaps = '/api/v1/namespaces/$ns/configmaps';
const services = '/api/v1/namespaces/$ns/services';
const widgets = '/apis/conformance.example.com/v1/namespaces/$ns/widgets';
const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const merge = 'application/merge-patch+json';
const jsonPatch = 'application/json-patch+json';

const post = (path: string, body: unknown): Pick<Case, 'method' | 'path' | 'body'> => ({
  method: 'POST',
  path,
  body,
});
const put = (path: string, body: unknown): Pick<Case, 'method' | 'path' | 'body'> => ({
  method: 'PUT',
  path,
  body,
});
const patch = (
  path: string,
  body: unknown,
  type = merge,
): Pick<Case, 'method' | 'path' | 'body' | 'type'> => ({ method: 'PATCH', path, body, type });
const remove = (path: string, body?: unknown): Pick<Case, 'method' | 'path' | 'body'> => ({
  method: 'DELETE',
  path,
  body,
});
const named = (name: string, fields: object = {}) => ({ metadata: { name }, ...fields });

const schema = {
  openAPIV3Schema: {
    type: 'object',
    properties: { spec: { type: 'object', properties: { n: { type: 'integer' } } } },
  },
};
const open = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
const widgetDefinition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.conformance.example.com' },
  spec: {
    group: 'conformance.example.com',
    scope: 'Namespaced',
    names: { plural: 'widgets', kind: 'Widget' },
    versions: [
      { name: 'v1alpha1', served: true, storage: false, schema: open },
      { name: 'v1', served: true, storage: true, schema, subresources: { status: {} } },
    ],
  },
};
const widget = (name: string, fields: object = {}) => ({
  apiVersion: 'conformance.example.com/v1',
  kind: 'Widget',
  ...named(name, fields),
});
const workload = (labels: object) => ({
  spec: {
    replicas: 0,
    selector: { matchLabels: { a: 'b' } },
    template: { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'i' }] } },
  },
});

/** In order: later cases see what earlier ones left. */
export const cases: readonly Case[] = [
  { title: 'an unknown path', path: '/nope' },
  { title: 'an unknown group', path: '/apis/nope.example.com/v1/things' },
  { title: 'an unknown kind of a known group', path: '/api/v1/nopes' },
  { title: 'the core versions', path: '/api', loose: true },
  { title: 'the kinds of the core group', path: '/api/v1' },
  { title: 'the kinds of apps', path: '/apis/apps/v1' },
  { title: 'a group', path: '/apis/autoscaling' },
  { title: 'a missing object', path: `${configMaps}/none` },
  { title: 'a limit that is no number', path: '/api/v1/pods?limit=x' },
  { title: 'a broken label selector', path: '/api/v1/pods?labelSelector=!!' },
  { title: 'an unknown field selector', path: '/api/v1/pods?fieldSelector=spec.foo%3Dx' },
  {
    title: 'a list at a version that is no number',
    path: '/api/v1/namespaces?resourceVersion=abc',
  },
  {
    title: 'a list from the future',
    path: '/api/v1/namespaces?resourceVersion=999999999',
    loose: true,
  },
  { title: 'a token that is none', path: '/api/v1/pods?continue=abc', loose: true },
  {
    title: 'initial events without a match',
    path: '/api/v1/configmaps?watch=1&sendInitialEvents=true',
  },
  { title: 'creating an object', ...post(configMaps, named('a', { data: { b: '2', a: '<1>' } })) },
  { title: 'creating it again', ...post(configMaps, named('a')) },
  { title: 'creating it without a trace', ...post(`${configMaps}?dryRun=All`, named('dry')) },
  { title: 'the dry one is not there', path: `${configMaps}/dry` },
  { title: 'an unknown dry run', ...post(`${configMaps}?dryRun=foo`, named('dry')) },
  {
    title: 'creating in a namespace that is missing',
    ...post('/api/v1/namespaces/nope/configmaps', named('a')),
  },
  { title: 'a name that is not allowed', ...post(configMaps, named('A_b')) },
  { title: 'no name at all', ...post(configMaps, { metadata: {} }) },
  {
    title: 'another namespace in the body',
    ...post(configMaps, { metadata: { name: 'x', namespace: 'other' } }),
  },
  {
    title: 'another kind in the body',
    ...post(configMaps, { kind: 'Secret', apiVersion: 'v1', metadata: { name: 'x' } }),
    loose: true,
  },
  {
    title: 'a version in a new object',
    ...post(configMaps, { metadata: { name: 'x', resourceVersion: '5' } }),
  },
  { title: 'a body of an unknown type', ...post(configMaps, named('x')), type: 'text/plain' },
  {
    title: 'a label that is not allowed',
    ...post(configMaps, { metadata: { name: 'x', labels: { a: 'b c' } } }),
    loose: true,
  },
  {
    title: 'replacing an old version',
    ...put(`${configMaps}/a`, { metadata: { name: 'a', resourceVersion: '1' } }),
  },
  { title: 'replacing what is missing', ...put(`${configMaps}/b`, named('b')) },
  { title: 'replacing under another name', ...put(`${configMaps}/a`, named('c')) },
  {
    title: 'replacing another uid',
    ...put(`${configMaps}/a`, { metadata: { name: 'a', uid: 'other' } }),
    loose: true,
  },
  {
    title: 'replacing without a version',
    ...put(`${configMaps}/a`, named('a', { data: { c: '3' } })),
  },
  {
    title: 'merging',
    ...patch(`${configMaps}/a`, { data: { c: null, d: '4' }, metadata: { labels: { x: 'y' } } }),
  },
  {
    title: 'merging an old version',
    ...patch(`${configMaps}/a`, { metadata: { resourceVersion: '1' } }),
  },
  {
    title: 'a JSON patch',
    ...patch(
      `${configMaps}/a`,
      [
        { op: 'add', path: '/data/e', value: '5' },
        { op: 'remove', path: '/data/d' },
      ],
      jsonPatch,
    ),
  },
  {
    title: 'a JSON patch that does not apply',
    ...patch(`${configMaps}/a`, [{ op: 'remove', path: '/data/none' }], jsonPatch),
  },
  {
    title: 'a JSON patch whose test fails',
    ...patch(`${configMaps}/a`, [{ op: 'test', path: '/data/e', value: 'no' }], jsonPatch),
  },
  { title: 'a patch of an unknown type', ...patch(`${configMaps}/a`, {}, 'application/json') },
  { title: 'a list by label', path: `${configMaps}?labelSelector=x%3Dy` },
  { title: 'a list by name', path: `${configMaps}?fieldSelector=metadata.name%3Da` },
  {
    title: 'metadata only',
    path: `${configMaps}?labelSelector=x%3Dy`,
    accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
  },
  {
    title: 'deleting another uid',
    ...remove(`${configMaps}/a`, { preconditions: { uid: 'other' } }),
    loose: true,
  },
  {
    title: 'deleting an old version',
    ...remove(`${configMaps}/a`, { preconditions: { resourceVersion: '1' } }),
    loose: true,
  },
  { title: 'deleting', ...remove(`${configMaps}/a`) },
  { title: 'deleting again', ...remove(`${configMaps}/a`) },
  {
    title: 'an object with a finalizer',
    ...post(configMaps, { metadata: { name: 'held', finalizers: ['example.com/hold'] } }),
  },
  { title: 'deleting it only marks it', ...remove(`${configMaps}/held`) },
  { title: 'letting it go', ...patch(`${configMaps}/held`, { metadata: { finalizers: null } }) },
  { title: 'then it is gone', path: `${configMaps}/held` },
  {
    title: 'an immutable ConfigMap',
    ...post(configMaps, named('fixed', { immutable: true, data: { x: '1' } })),
  },
  { title: 'changing it', ...patch(`${configMaps}/fixed`, { data: { x: '2' } }) },
  {
    title: 'a Secret with plain text',
    ...post('/api/v1/namespaces/$ns/secrets', named('s', { stringData: { x: '1' } })),
  },
  { title: 'changing its type', ...patch('/api/v1/namespaces/$ns/secrets/s', { type: 'other' }) },
  {
    title: 'a Service',
    ...post(services, named('s', { spec: { clusterIP: 'None', ports: [{ port: 80 }] } })),
    loose: true,
  },
  {
    title: 'a node port',
    ...post(
      services,
      named('np', { spec: { type: 'NodePort', ports: [{ port: 80, nodePort: 31555 }] } }),
    ),
    loose: true,
  },
  {
    title: 'a node port that is taken',
    ...post(
      services,
      named('np2', { spec: { type: 'NodePort', ports: [{ port: 80, nodePort: 31555 }] } }),
    ),
  },
  {
    title: 'a node port out of range',
    ...post(
      services,
      named('np2', { spec: { type: 'NodePort', ports: [{ port: 80, nodePort: 80 }] } }),
    ),
  },
  {
    title: 'a cluster address out of range',
    ...post(services, named('far', { spec: { clusterIP: '192.0.2.7', ports: [{ port: 80 }] } })),
  },
  {
    title: 'a claim',
    ...post(
      '/api/v1/namespaces/$ns/persistentvolumeclaims',
      named('p', {
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      }),
    ),
    loose: true,
  },
  {
    title: 'changing its spec',
    ...patch('/api/v1/namespaces/$ns/persistentvolumeclaims/p', {
      spec: { accessModes: ['ReadWriteMany'] },
    }),
    loose: true,
  },
  {
    title: 'a Deployment',
    ...post('/apis/apps/v1/namespaces/$ns/deployments', named('d', workload({ a: 'b' }))),
    loose: true,
  },
  { title: 'its scale', path: '/apis/apps/v1/namespaces/$ns/deployments/d/scale', after: 300 },
  { title: 'a scale of nothing', path: '/apis/apps/v1/namespaces/$ns/deployments/none/scale' },
  {
    title: 'changing its selector',
    ...patch('/apis/apps/v1/namespaces/$ns/deployments/d', {
      spec: {
        selector: { matchLabels: { a: 'c' } },
        template: { metadata: { labels: { a: 'c' } } },
      },
    }),
    loose: true,
  },
  {
    title: 'may I',
    ...post('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
      spec: { resourceAttributes: { verb: 'list', resource: 'pods' } },
    }),
  },
  {
    title: 'may Bob',
    ...post('/apis/authorization.k8s.io/v1/subjectaccessreviews', {
      spec: { resourceAttributes: { verb: 'list', resource: 'pods' }, user: 'bob' },
    }),
  },
  { title: 'a definition', ...post(definitions, widgetDefinition) },
  {
    title: 'it is established',
    path: `${definitions}/widgets.conformance.example.com`,
    after: 1500,
  },
  { title: 'its group is served', path: '/apis/conformance.example.com' },
  { title: 'its versions are served', path: '/apis/conformance.example.com/v1' },
  {
    title: 'a custom resource, pruned',
    ...post(widgets, widget('w', { other: 1, spec: { z: 1, n: 5 }, status: { x: 1 } })),
  },
  { title: 'a custom resource without a kind', ...post(widgets, named('x')) },
  { title: 'it is changed by its status', ...patch(`${widgets}/w/status`, { status: { x: 1 } }) },
  { title: 'it is changed', ...patch(`${widgets}/w`, { spec: { n: 6 } }) },
  { title: 'replacing it without a version', ...put(`${widgets}/w`, widget('w')) },
  { title: 'its list', path: widgets },
  { title: 'its list in another version', path: widgets.replace('v1/', 'v1alpha1/') },
  { title: 'deleting it', ...remove(`${widgets}/w`) },
  { title: 'a method that is not offered', method: 'PUT', path: configMaps, body: {} },
  {
    title: 'deleting the definition',
    ...remove(`${definitions}/widgets.conformance.example.com`),
    loose: true,
  },
  { title: 'deleting what must stay', ...remove('/api/v1/namespaces/kube-system') },
  { title: 'deleting the namespace', ...remove('/api/v1/namespaces/$ns'), loose: true },
  { title: 'the namespace is gone', path: '/api/v1/namespaces/$ns', until: 404 },
];
