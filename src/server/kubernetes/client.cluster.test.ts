import { randomUUID } from 'node:crypto';
import { type AddressInfo, type Socket, connect as connectTo, createServer } from 'node:net';
import { afterAll, beforeAll, expect, inject, onTestFinished, test, vi } from 'vitest';
import '../../../testbed/provided.ts';
import { startTestbed } from '../../../testbed/start.ts';
import { addUser } from '../../../testbed/users.ts';
import { createKubernetesClient } from './client.ts';
import type { ApiResource, KubernetesClient, WatchEvent } from './client.types.ts';
import {
  type ServedVersion,
  announcedVersions,
  preferred,
  servedFromList,
} from './discovery.models.ts';
import { loadKubeconfig } from './kubeconfig.ts';
import { clusterRoles, configMaps } from './testing/server.ts';
import { readEvent } from './watch-events.ts';

const testbed = inject('testbed');
const namespace = `client-${randomUUID().slice(0, 8)}`;
const namespaces: ApiResource = {
  ...configMaps,
  plural: 'namespaces',
  kind: 'Namespace',
  namespaced: false,
};
const crds: ApiResource = {
  ...namespaces,
  group: 'apiextensions.k8s.io',
  plural: 'customresourcedefinitions',
  kind: 'CustomResourceDefinition',
};

async function connect(kubeconfig: string): Promise<KubernetesClient> {
  const { contexts, current } = await loadKubeconfig({ paths: [kubeconfig], env: {} });
  const context = contexts.find(({ name }) => name === current);
  if (!context?.server) throw new Error('the test bed has no current context');
  return createKubernetesClient({ server: context.server, source: context.source });
}

let client: KubernetesClient;
beforeAll(async () => {
  client = await connect(testbed.kubeconfig);
  await client.create({ resource: namespaces }, JSON.stringify({ metadata: { name: namespace } }));
});
afterAll(async () => {
  await client.delete({ resource: namespaces, name: namespace });
  await client.close();
});

const configMap = (name: string, data = {}) =>
  JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data });
const read = (body: Buffer) => JSON.parse(body.toString());

test('version and clock are those of the API server', async () => {
  expect(await client.version()).toBe('v1.34.4');
  expect(Math.abs((client.serverTime() ?? 0) - Date.now())).toBeLessThan(5_000);
  expect((await client.raw('/readyz')).toString()).toBe('ok');
});

test('aggregated and older discovery find the same kinds in the same versions', async () => {
  const found = await client.discover();
  const older: ServedVersion[] = [];
  const groups = announcedVersions(read(await client.raw('/apis')));
  for (const named of [{ group: '', version: 'v1' }, ...groups]) {
    const root = named.group === '' ? '/api' : `/apis/${named.group}`;
    const document = read(await client.raw(`${root}/${named.version}`));
    older.push({ ...named, resources: servedFromList(named, document), reason: '' });
  }
  const sorted = (resources: readonly ApiResource[]) =>
    resources
      .map((resource) => ({
        ...resource,
        verbs: resource.verbs.toSorted(),
        subresources: resource.subresources.toSorted(),
      }))
      .toSorted((x, y) => (`${x.group}/${x.plural}` < `${y.group}/${y.plural}` ? -1 : 1));
  expect(found.broken).toEqual([]);
  expect(found.resources.length).toBeGreaterThan(50);
  expect(sorted(found.resources)).toEqual(sorted(preferred(older).resources));
});

test('a group whose server is gone is named as broken, the others stay', async () => {
  const apiServices = { ...crds, group: 'apiregistration.k8s.io', plural: 'apiservices' };
  const name = 'v1.gone.example';
  const spec = {
    group: 'gone.example',
    version: 'v1',
    groupPriorityMinimum: 1,
    versionPriority: 1,
    insecureSkipTLSVerify: true,
    service: { namespace, name: 'nobody' },
  };
  const body = {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name },
    spec,
  };
  await client.create({ resource: apiServices }, JSON.stringify(body));
  onTestFinished(() => client.delete({ resource: apiServices, name }));
  await vi.waitFor(
    async () => {
      const { broken, resources } = await client.discover();
      expect(broken.map(({ group }) => group)).toContain('gone.example');
      expect(resources.length).toBeGreaterThan(50);
    },
    { timeout: 20_000, interval: 500 },
  );
});

test('objects are created, read, changed with preconditions and deleted by uid', async () => {
  const at = { resource: configMaps, namespace, name: 'life' };
  const made = read(await client.create(at, configMap('life', { a: '1' })));
  await expect(client.create(at, configMap('life'))).rejects.toMatchObject({
    status: 409,
    reason: 'AlreadyExists',
  });
  const changed = { ...made, data: { a: '2' } };
  expect(read(await client.update(at, JSON.stringify(changed))).data).toEqual({ a: '2' });
  await expect(client.update(at, JSON.stringify(changed))).rejects.toMatchObject({
    status: 409,
    reason: 'Conflict',
  });
  await client.patch(at, { type: 'merge', body: '{"data":{"b":"3"}}' });
  await client.patch(at, { type: 'json', body: '[{"op":"remove","path":"/data/a"}]' });
  expect(read(await client.get(at)).data).toEqual({ b: '3' });
  await expect(client.delete(at, { uid: randomUUID() })).rejects.toMatchObject({ status: 409 });
  await client.delete(at, { uid: made.metadata.uid, propagation: 'Background' });
  await expect(client.get(at)).rejects.toMatchObject({ status: 404, reason: 'NotFound' });
});

test('a dry run says what would be, and changes nothing', async () => {
  const at = { resource: configMaps, namespace, name: 'dry' };
  expect(
    read(await client.create(at, configMap('dry'), { dryRun: true })).metadata.uid,
  ).toBeTruthy();
  await expect(client.get(at)).rejects.toMatchObject({ status: 404 });
  await client.create(at, configMap('dry'));
  await client.delete(at, { dryRun: true });
  expect(read(await client.get(at)).metadata.name).toBe('dry');
});

test.each(['system:node', 'a\nb', 'ä ?#&'])(
  'a cluster role named %j is created, found and deleted',
  async (suffix) => {
    const name = `${namespace} ${suffix}`;
    const role = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name },
    };
    await client.create({ resource: clusterRoles }, JSON.stringify(role));
    const at = { resource: clusterRoles, name };
    expect(read(await client.get(at)).metadata.name).toBe(name);
    await client.delete(at);
    await expect(client.get(at)).rejects.toMatchObject({ status: 404 });
  },
);

test('unknown fields and 64-bit integers of custom resources come back byte for byte', async () => {
  const group = `${namespace}.example`;
  const widgets = { ...configMaps, group, plural: 'widgets', kind: 'Widget' };
  const schema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  const name = `widgets.${group}`;
  const spec = {
    group,
    scope: 'Namespaced',
    names: { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList' },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } }],
  };
  const crd = { apiVersion: 'apiextensions.k8s.io/v1', kind: crds.kind, metadata: { name }, spec };
  await client.create({ resource: crds }, JSON.stringify(crd));
  onTestFinished(() => client.delete({ resource: crds, name }));
  const body = `{"apiVersion":"${group}/v1","kind":"Widget","metadata":{"name":"w"},"spec":{"big":9223372036854775807,"future":{"x":[1.50]}}}`;
  await vi.waitFor(() => client.create({ resource: widgets, namespace }, body), 20_000);
  const page = await client.list(widgets, { namespace });
  expect(page.body.toString()).toContain('"big":9223372036854775807');
});

test('pages of a list are continued until nothing is left', async () => {
  for (let n = 0; n < 5; n++)
    await client.create({ resource: configMaps, namespace }, configMap(`page-${n}`));
  const names: string[] = [];
  let continueToken: string | undefined = '';
  do {
    const page = read((await client.list(configMaps, { namespace, limit: 2, continueToken })).body);
    names.push(...page.items.map((item: { metadata: { name: string } }) => item.metadata.name));
    continueToken = page.metadata.continue;
  } while (continueToken);
  expect(names.filter((name) => name.startsWith('page-'))).toHaveLength(5);
});

test('a watch tells what is there, then each change, in order', async () => {
  const seen: string[] = [];
  const controller = new AbortController();
  const labelSelector = 'watched=yes';
  const ended = client.watch(configMaps, {
    namespace,
    labelSelector,
    signal: controller.signal,
    onEvent: (event) => seen.push(event.type === 'SYNCED' ? event.type : said(event)),
  });
  await vi.waitFor(() => expect(seen).toEqual(['SYNCED']), 5_000);
  const at = { resource: configMaps, namespace, name: 'seen' };
  const labelled = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'seen', labels: { watched: 'yes' } },
  };
  await client.create(at, JSON.stringify(labelled));
  await client.patch(at, { type: 'merge', body: '{"data":{"a":"1"}}' });
  await client.delete(at);
  await vi.waitFor(() => expect(seen).toHaveLength(4), 5_000);
  expect(seen.slice(1)).toEqual(['ADDED seen', 'MODIFIED seen', 'DELETED seen']);
  controller.abort();
  await ended;
});

const said = (event: Exclude<WatchEvent, { type: 'SYNCED' }>) =>
  `${event.type} ${event.object.metadata.name}`;

test('rights are asked for oneself and for others, and a refusal says who may not', async () => {
  const question = { verb: 'get', group: '', resource: 'pods/log', namespace };
  expect(await client.mayI(question)).toMatchObject({ allowed: true });
  const ann = { name: 'ann', groups: [] };
  expect(await client.mayI(question, ann)).toMatchObject({ allowed: false });
  const { kubeconfig } = await addUser(testbed, { name: 'ann' });
  const hers = await connect(kubeconfig);
  onTestFinished(() => hers.close());
  expect(await hers.mayI(question)).toMatchObject({ allowed: false });
  await expect(hers.list(configMaps, { namespace })).rejects.toMatchObject({
    status: 403,
    reason: 'Forbidden',
    message: expect.stringContaining('User "ann" cannot list resource "configmaps"'),
  });
});

test('after history was compacted, an old page token is a 410, and so is a watch from back then', async () => {
  // Its cache would remember what etcd has forgotten.
  const apiServerFlags = ['--watch-cache=false'];
  const own = await startTestbed({ controllers: false, apiServerFlags });
  onTestFinished(() => own.stop());
  const there = await connect(own.kubeconfig);
  onTestFinished(() => there.close());
  const place = { resource: configMaps, namespace: 'default' };
  for (const name of ['a', 'b', 'c']) await there.create(place, configMap(name));
  const page = read((await there.list(configMaps, { namespace: 'default', limit: 1 })).body);
  const newest = read(await there.create(place, configMap('d'))).metadata.resourceVersion;
  const compacted = await fetch(`${own.etcd}/v3/kv/compaction`, {
    method: 'POST',
    body: JSON.stringify({ revision: newest, physical: true }),
  });
  expect(compacted.status).toBe(200);
  const continued = there.list(configMaps, {
    namespace: 'default',
    continueToken: page.metadata.continue,
  });
  await expect(continued).rejects.toMatchObject({ status: 410, reason: 'Expired' });
  const old = 'watch=true&resourceVersion=1&timeoutSeconds=2';
  const line = await there.raw(`/api/v1/configmaps?${old}`);
  expect(() => readEvent(own.server, line)).toThrow(expect.objectContaining({ status: 410 }));
});

test('a watch whose wire was cut says so, and goes on where it was when the wire is whole again', async () => {
  const own = await startTestbed({ controllers: false });
  onTestFinished(() => own.stop());
  const relay = await startRelay(own.server);
  const there = createKubernetesClient({
    server: relay.url,
    source: async () => ({
      server: relay.url,
      insecureSkipTlsVerify: true,
      credentials: { token: own.adminToken },
    }),
    timing: { backoffBase: 50, watchBackoffCap: 100 },
  });
  onTestFinished(() => there.close());
  const seen: string[] = [];
  const trouble: (string | null)[] = [];
  const controller = new AbortController();
  const ended = there.watch(configMaps, {
    namespace: 'default',
    signal: controller.signal,
    onTrouble: (reason) => trouble.push(reason),
    onEvent: (event) => seen.push(event.type === 'SYNCED' ? event.type : said(event)),
  });
  await vi.waitFor(() => expect(seen).toContain('SYNCED'), 5_000);
  const direct = await connect(own.kubeconfig);
  onTestFinished(() => direct.close());
  relay.cut();
  await direct.create({ resource: configMaps, namespace: 'default' }, configMap('meanwhile'));
  await vi.waitFor(() => expect(trouble.at(-1)).toEqual(expect.any(String)), 5_000);
  relay.mend();
  await vi.waitFor(() => expect(seen).toContain('ADDED meanwhile'), 5_000);
  expect(trouble.at(-1)).toBeNull();
  expect(seen.filter((event) => event === 'SYNCED')).toHaveLength(1);
  controller.abort();
  await ended;
});

/** A wire to the API server that can be cut: open connections die, new ones are refused. */
async function startRelay(target: string) {
  const { hostname, port: targetPort } = new URL(target);
  const open = new Set<Socket>();
  let whole = true;
  const server = createServer((socket) => {
    if (!whole) return void socket.resetAndDestroy();
    const onward = connectTo(Number(targetPort), hostname);
    for (const end of [socket, onward]) open.add(end.on('error', () => end.destroy()));
    socket.pipe(onward).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const cut = () => {
    whole = false;
    for (const socket of open) socket.destroy();
  };
  onTestFinished(() => {
    cut();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return { url: `https://127.0.0.1:${port}`, cut, mend: () => (whole = true) };
}
