import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import {
  configMaps,
  type ConnectedLab,
  kindOf,
  namespaces,
  openConnectedLab,
} from './testing/connected-lab.ts';
import { all, contextOf } from './testing/lab.ts';

let sandbox: Sandbox;
let lab: ConnectedLab;
beforeEach(async () => {
  sandbox = await startSandbox();
  lab = await openConnectedLab(async () => ({
    server: sandbox.server,
    credentials: { token: sandbox.token },
  }));
});
afterEach(async () => {
  await lab.close();
  await sandbox.close();
});

const crds = 'customresourcedefinitions.apiextensions.k8s.io';
const definitions = kindOf('customresourcedefinitions', 'CustomResourceDefinition', {
  group: 'apiextensions.k8s.io',
  namespaced: false,
});
const pathsOf = async (backup: string) => {
  const objects = lab.engine.objects({ cluster: 'test', backup, wants: () => true });
  return (await all(objects)).map(({ path }) => path);
};

test('a custom resource is held in the version it is stored in, with the fields that live there alone', async () => {
  const strict = { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object' } } } };
  const loose = {
    openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  };
  await lab.put(
    { resource: definitions, name: 'widgets.old.example.org' },
    {
      spec: {
        group: 'old.example.org',
        scope: 'Namespaced',
        names: { plural: 'widgets', kind: 'Widget' },
        versions: [
          { name: 'v1', served: true, storage: false, schema: strict },
          { name: 'v1beta1', served: true, storage: true, schema: loose },
        ],
      },
    },
  );
  const stored = kindOf('widgets', 'Widget', { group: 'old.example.org', version: 'v1beta1' });
  const at = { resource: stored, namespace: 'shop', name: 'one' };
  await expect.poll(() => lab.put(at, { legacy: 'kept' }).then(() => true)).toBe(true);
  const { manifest } = await lab.backup({ name: 'first' });
  const resource = 'widgets.old.example.org';
  expect(manifest.kinds.find((kind) => kind.resource === resource)).toMatchObject({
    version: 'v1beta1',
    objects: 1,
  });
  const text = await lab.read('first', `resources/${resource}/namespaces/shop/one.json`);
  expect(JSON.parse(String(text))).toMatchObject({
    apiVersion: 'old.example.org/v1beta1',
    legacy: 'kept',
  });
});

test('a backup of a namespace holds the definitions of its custom resources, and no others', async () => {
  await lab.backup({ name: 'first', namespaces: ['payments'] });
  const found = (await pathsOf('first')).filter((path) => path.startsWith(`resources/${crds}/`));
  expect(found).toContain(`resources/${crds}/cluster/accounts.ledger.example.com.json`);
  expect(found).not.toContain(`resources/${crds}/cluster/appprojects.argoproj.io.json`);
});

test('an object that is served under two groups is held once', async () => {
  const events = kindOf('events', 'Event');
  await lab.put(
    { resource: events, namespace: 'shop', name: 'started' },
    { involvedObject: { kind: 'Pod', namespace: 'shop', name: 'web' }, reason: 'Started' },
  );
  await lab.backup({ name: 'first', kinds: ['events', 'events.events.k8s.io'] });
  expect(await pathsOf('first')).toEqual(['resources/events/namespaces/shop/started.json']);
});

test('an object of 1.5 MB is held byte for byte', async () => {
  const at = { resource: configMaps, namespace: 'shop', name: 'huge' };
  await lab.put(at, { data: { text: 'ü<"\\'.repeat(250_000).slice(0, 1_000_000) } });
  await lab.backup({ name: 'first' });
  const live = (await lab.client.get(at)).toString().trim();
  const held = String(await lab.read('first', 'resources/configmaps/namespaces/shop/huge.json'));
  expect(Buffer.byteLength(held)).toBeGreaterThan(1_500_000);
  expect(held).toBe(live);
  const outcome = await lab.engine.verify({ cluster: 'test', backup: 'first' }, contextOf());
  expect(outcome.damaged).toEqual([]);
});

test('names that could leave their folder, a line or a page are kept, and every one is found again', async () => {
  const { manifest } = await lab.backup({ name: 'first', namespaces: ['shop-staging'] });
  const folder = 'resources/roles.rbac.authorization.k8s.io/namespaces/shop-staging';
  const entries = await lab.engine.listContents({
    cluster: 'test',
    backup: 'first',
    prefix: folder,
    namespaces: ['shop-staging'],
  });
  const names = entries.map(({ name }) => name.replace(/\.json$/, ''));
  const hostile = ['a\nb', "'; drop table backups;--", 'ünï©ode ✓', '-rf', 'x'.repeat(253)];
  expect(names).toEqual(expect.arrayContaining(hostile));
  for (const { path, name } of entries) {
    const text = await lab.read('first', path);
    expect(JSON.parse(String(text)).metadata.name).toBe(name.replace(/\.json$/, ''));
  }
  const banner = await lab.read(
    'first',
    'resources/configmaps/namespaces/shop-staging/banner.json',
  );
  const live = { resource: configMaps, namespace: 'shop-staging', name: 'banner' };
  expect(banner).toBe((await lab.client.get(live)).toString().trim());
  const outcome = await lab.engine.verify({ cluster: 'test', backup: 'first' }, contextOf());
  expect(outcome).toMatchObject({ damaged: [], objects: manifest.objects });
});

test('ten thousand namespaces are backed up whole, and by their names', async () => {
  const names = Array.from({ length: 10_000 }, (_, at) => `tenant-${String(at).padStart(5, '0')}`);
  const load = (bucket: string, key: (name: string) => string, inside: boolean) =>
    sandbox.store.load(
      bucket,
      names.map((name) => ({
        key: key(name),
        body: JSON.stringify({
          metadata: inside
            ? { name: 'settings', namespace: name, uid: `c-${name}` }
            : { name, uid: `n-${name}` },
        }),
      })),
    );
  load('namespaces', (name) => name, false);
  load('configmaps', (name) => `${name}/settings`, true);
  const whole = await lab.backup({ name: 'whole' });
  expect(whole.manifest.state).toBe('completed');
  expect(Object.keys(whole.manifest.perNamespace).length).toBeGreaterThan(10_000);
  const part = await lab.backup({ name: 'part', namespaces: names });
  expect(part.manifest).toMatchObject({ state: 'completed', objects: 20_000 });
  const entries = await lab.engine.listContents({
    cluster: 'test',
    backup: 'whole',
    prefix: 'resources/configmaps/namespaces',
    namespaces: ['tenant-04711'],
  });
  expect(entries).toMatchObject([{ name: 'tenant-04711', objects: 1 }]);
}, 60_000);

test('a schedule goes on without a namespace that is gone, and names it as not backed up', async () => {
  await lab.put({ resource: namespaces, name: 'left' });
  const spec = { namespaces: ['left', 'deleted-since'], schedule: 'nightly' };
  const { manifest } = await lab.backup(spec);
  expect(manifest).toMatchObject({ state: 'partial', namespaces: ['left'] });
  expect(manifest.kinds.find(({ resource }) => resource === 'namespaces')).toMatchObject({
    read: 'part',
    reason: 'The cluster has no namespace deleted-since.',
  });
  const nothing = lab.backup({ namespaces: ['deleted-since'], schedule: 'nightly' });
  await expect(nothing).rejects.toMatchObject({ problem: { code: 'backups.namespace_unknown' } });
});

test('a namespace that is not there is named among thousands that are', async () => {
  await lab.put({ resource: namespaces, name: 'lonely' });
  await expect(lab.backup({ namespaces: ['lonely', 'shop', 'shopp'] })).rejects.toMatchObject({
    problem: { code: 'backups.namespace_unknown', title: expect.stringMatching(/shopp\b/) },
  });
});
