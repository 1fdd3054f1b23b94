import { expect, test } from 'vitest';
import { type Answering, clientOf, json, serve, status } from './testing/server.ts';

type Served = Record<string, unknown>;

/** Answers each path from the table, 404 otherwise. */
const table =
  (served: Served): Answering =>
  (request, response) => {
    const body = served[request.url ?? ''];
    if (body === undefined) return json(response, status(404, 'NotFound'), 404);
    if (typeof body === 'number')
      return json(response, status(body, `Status${body}`, 'backend is down'), body);
    json(response, body);
  };

const verbs = ['create', 'get', 'list', 'watch'];
const aggregatedKind = (resource: string, kind: string, scope = 'Namespaced') => ({
  resource,
  responseKind: { group: '', version: '', kind },
  scope,
  verbs,
  subresources: [{ subresource: 'status', responseKind: null, verbs: ['get'] }],
});
const aggregated = (version: string, items: object[]) => ({
  kind: 'APIGroupDiscoveryList',
  apiVersion: `apidiscovery.k8s.io/${version}`,
  items,
});
const core = (version: string) =>
  aggregated(version, [
    {
      versions: [
        { version: 'v1', freshness: 'Current', resources: [aggregatedKind('pods', 'Pod')] },
      ],
    },
  ]);

test.each(['v2', 'v2beta1'])('aggregated discovery (%s) needs two requests', async (version) => {
  const apis = aggregated(version, [
    {
      metadata: { name: 'example.com' },
      versions: [
        {
          version: 'v2',
          freshness: 'Current',
          resources: [
            aggregatedKind('widgets', 'Widget'),
            { resource: 'bare', responseKind: null, verbs: null, subresources: [] },
          ],
        },
        {
          version: 'v1',
          resources: [
            aggregatedKind('widgets', 'Widget'),
            aggregatedKind('olds', 'Old', 'Cluster'),
          ],
        },
      ],
    },
    {
      metadata: { name: 'metrics.k8s.io' },
      versions: [{ version: 'v1beta1', freshness: 'Stale' }],
    },
  ]);
  const server = await serve(table({ '/api': core(version), '/apis': apis }));
  const found = await clientOf(server).discover();
  expect(
    found.resources.map(({ group, version: v, plural, namespaced }) => [
      group,
      v,
      plural,
      namespaced,
    ]),
  ).toEqual([
    ['', 'v1', 'pods', true],
    ['example.com', 'v2', 'widgets', true],
    ['example.com', 'v1', 'olds', false],
  ]);
  expect(found.resources[0]).toMatchObject({ kind: 'Pod', verbs, subresources: ['status'] });
  expect(found.broken).toEqual([
    {
      group: 'metrics.k8s.io',
      version: 'v1beta1',
      reason: 'The API server behind this group does not answer.',
    },
  ]);
  expect(server.requests).toHaveLength(2);
  expect(server.requests[0]?.headers.accept).toMatch(
    /v=v2;as=.*v=v2beta1;as=.*,application\/json$/,
  );
});

test('an older server is asked group by group; one that is broken hides no other', async () => {
  const listed = (...names: [string, string][]) => ({
    kind: 'APIResourceList',
    resources: names.map(([name, kind]) => ({ name, kind, namespaced: true, verbs })),
  });
  const groups = [
    {
      name: 'apps',
      versions: [{ version: 'v1beta1' }, { version: 'v1' }],
      preferredVersion: { version: 'v1' },
    },
    { name: 'metrics.k8s.io', versions: [{ version: 'v1beta1' }] },
    { name: 'odd.example', versions: [{ version: 'v1' }] },
  ];
  const server = await serve(
    table({
      '/api': { kind: 'APIVersions', versions: ['v1'] },
      '/api/v1': listed(['pods', 'Pod'], ['pods/log', 'Pod'], ['pods/status', 'Pod']),
      '/apis': { kind: 'APIGroupList', groups },
      '/apis/apps/v1': listed(['deployments', 'Deployment']),
      '/apis/apps/v1beta1': listed(['deployments', 'Deployment'], ['olds', 'Old']),
      '/apis/metrics.k8s.io/v1beta1': 503,
      '/apis/odd.example/v1': { resources: 'nonsense' },
    }),
  );
  const found = await clientOf(server, { tries: 2 }).discover();
  expect(
    found.resources.map(({ version, plural, subresources }) => [version, plural, subresources]),
  ).toEqual([
    ['v1', 'pods', ['log', 'status']],
    ['v1', 'deployments', []],
    ['v1beta1', 'olds', []],
  ]);
  expect(found.broken).toEqual([
    { group: 'metrics.k8s.io', version: 'v1beta1', reason: 'backend is down' },
    {
      group: 'odd.example',
      version: 'v1',
      reason: expect.stringContaining('not what discovery answers'),
    },
  ]);
});

test.each([
  ['/api', 403],
  ['/apis', 500],
])('when %s itself answers %i, nothing is known and that is an error', async (path, code) => {
  const apis = aggregated('v2', []);
  const server = await serve(table({ '/api': core('v2'), '/apis': apis, [path]: code }));
  await expect(clientOf(server, { tries: 1 }).discover()).rejects.toMatchObject({ status: code });
});

test('an answer that is no discovery at all is an error, not an empty cluster', async () => {
  const server = await serve((_, response) => json(response, { hello: 'world' }));
  await expect(clientOf(server).discover()).rejects.toMatchObject({ reason: 'InvalidBody' });
});
