import { randomUUID } from 'node:crypto';
import { beforeAll, expect, inject, test } from 'vitest';
import '../../../../testbed/provided.ts';
import { ApiError } from '../../kubernetes/api-error.ts';
import { formatPath } from '../paths.models.ts';
import { type Body, nameOf, textAt } from './body.models.ts';
import { type TestCluster, connectTo } from './testing/cluster.ts';
import { optionsOf, plan, restore, sourceOf } from './testing/memory.ts';

let cluster: TestCluster;
let number = 0;
const id = randomUUID().slice(0, 8);
const newName = () => `obstacle-${id}-${(number += 1)}`;

beforeAll(async () => {
  cluster = await connectTo(inject('testbed'));
});

const resources: Readonly<Record<string, string>> = {
  Namespace: 'namespaces',
  ServiceAccount: 'serviceaccounts',
  ConfigMap: 'configmaps',
  PersistentVolumeClaim: 'persistentvolumeclaims',
};

function resourceOf(body: Body): string {
  const [group, version] = textAt(body, ['apiVersion']).split('/');
  return version === undefined
    ? (resources[textAt(body, ['kind'])] ?? '')
    : `${textAt(body, ['kind']).toLowerCase()}s.${group}`;
}

/** A backup of these objects, made by hand. */
function backupOf(...bodies: readonly Body[]) {
  const pathOf = (body: Body) =>
    formatPath({
      resource: resourceOf(body),
      namespace: textAt(body, ['metadata', 'namespace']) || null,
      name: nameOf(body),
    });
  return sourceOf(new Map(bodies.map((body) => [pathOf(body), body])));
}

const object = (kind: string, name: string, namespace: string | null, more: Body = {}): Body => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, ...(namespace === null ? {} : { namespace }) },
  ...more,
});
const isPut = { apiVersion: 'v1', data: { 'ca.crt': 'of the cluster that was lost' } };
const registry = { imagePullSecrets: [{ name: 'registry' }] };

test('what the cluster puts into a new namespace is left to it, unless the backup has more in it', async () => {
  const name = newName();
  const source = backupOf(
    object('Namespace', name, null),
    object('ConfigMap', 'kube-root-ca.crt', name, isPut),
    object('ServiceAccount', 'default', name, registry),
  );
  const given = { source, target: cluster, options: optionsOf() };
  const { decisions } = await plan(given);
  const planned = decisions.map(({ kind, action, reason }) => [kind, action, reason]);
  expect(planned).toEqual([
    ['Namespace', 'create', null],
    ['ServiceAccount', 'create', expect.stringContaining('is written over that')],
    ['ConfigMap', 'skip', 'The cluster puts it into every new namespace itself.'],
  ]);
  const results = await restore({ ...given, decisions });
  const account = results.get(`resources/serviceaccounts/namespaces/${name}/default.json`);
  // The controller may be the slower one.
  expect(
    account?.outcome === 'updated' ? account.message : 'The cluster had put one into it',
  ).toContain('The cluster had put one into');
  expect(await cluster.read('serviceaccounts', 'default', name)).toMatchObject(registry);
  await expect.poll(() => cluster.read('configmaps', 'kube-root-ca.crt', name)).not.toBeNull();
});

test('an account that people changed since the plan is never written over', async () => {
  const name = newName();
  const source = backupOf(
    object('Namespace', name, null),
    object('ServiceAccount', 'default', name, registry),
  );
  const given = { source, target: cluster, options: optionsOf() };
  const { decisions } = await plan(given);
  await cluster.apply(object('Namespace', name, null));
  await expect.poll(() => cluster.read('serviceaccounts', 'default', name)).not.toBeNull();
  const theirs = { imagePullSecrets: [{ name: 'another' }] };
  await cluster.change({ resource: 'serviceaccounts', name: 'default', namespace: name }, theirs);
  const results = await restore({ ...given, decisions });
  expect(results.get(`resources/serviceaccounts/namespaces/${name}/default.json`)).toMatchObject({
    outcome: 'conflict',
    message: expect.stringContaining('made by somebody else since the plan'),
  });
  expect(await cluster.read('serviceaccounts', 'default', name)).toMatchObject(theirs);
});

const map = (name: string, namespace: string, metadata: Body = {}): Body => ({
  ...object('ConfigMap', name, namespace, { data: { a: '1' } }),
  metadata: { name, namespace, ...metadata },
});
const pathOf = (resource: string, name: string, namespace: string) =>
  `resources/${resource}/namespaces/${namespace}/${name}.json`;
const held = { finalizers: ['example.com/hold'] };
const letGo = (name: string, namespace: string) =>
  cluster.change({ resource: 'configmaps', name, namespace }, { metadata: { finalizers: null } });
/** Long enough to wait for something, short enough for a test. */
const patience = { namespace: 1500, deletion: 1500 };

async function newNamespace(): Promise<string> {
  const name = newName();
  await cluster.apply(object('Namespace', name, null));
  return name;
}

async function makeLeaving(name: string): Promise<void> {
  await cluster.remove('namespaces', name);
  await expect
    .poll(() => cluster.read('namespaces', name))
    .toMatchObject({ status: { phase: 'Terminating' } });
}

test('a namespace that does not come to its end is told in the plan, and who holds it when it failed', async () => {
  const name = await newNamespace();
  await cluster.apply(map('holds', name, held));
  const source = backupOf(object('Namespace', name, null), map('wanted', name));
  const given = { source, target: cluster, options: optionsOf() };
  await makeLeaving(name);
  const { decisions, notes } = await plan(given);
  expect(notes).toEqual([
    `${name} is being deleted just now: the restore waits until that is over.`,
  ]);
  const results = await restore({ ...given, decisions, patience });
  expect(results.get(`resources/namespaces/cluster/${name}.json`)).toMatchObject({
    outcome: 'failed',
    message: expect.stringContaining('is being deleted and was still there after 2 s'),
  });
  expect(results.get(pathOf('configmaps', 'wanted', name))).toMatchObject({
    outcome: 'failed',
    message: expect.stringContaining('being terminated'),
  });
  await letGo('holds', name);
});

test('a namespace that comes to its end during the restore is made again, with what was in it', async () => {
  const name = await newNamespace();
  await cluster.apply(map('holds', name, held));
  const source = backupOf(object('Namespace', name, null), map('wanted', name));
  const given = { source, target: cluster, options: optionsOf() };
  await makeLeaving(name);
  const { decisions } = await plan(given);
  const restoring = restore({ ...given, decisions });
  await letGo('holds', name);
  const results = await restoring;
  expect([...results.values()].map(({ outcome }) => outcome)).toEqual(['created', 'created']);
  expect(await cluster.read('configmaps', 'wanted', name)).toMatchObject({ data: { a: '1' } });
});

test('an object that waits for its finalizers is not taken for one that is there', async () => {
  const name = await newNamespace();
  await cluster.apply(map('leaving', name, held));
  await cluster.remove('configmaps', 'leaving', name);
  for (const conflictPolicy of ['skip', 'update', 'replace'] as const) {
    const options = optionsOf({ conflictPolicy });
    const given = { source: backupOf(map('leaving', name)), target: cluster, options };
    const { decisions } = await plan(given);
    expect(decisions).toMatchObject([
      { action: 'create', reason: expect.stringContaining('is being deleted; the restore waits') },
    ]);
    const results = await restore({ ...given, decisions, patience });
    expect(results.get(pathOf('configmaps', 'leaving', name))).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining('held by example.com/hold'),
    });
  }
  await letGo('leaving', name);
});

/** Guards the ConfigMaps of one namespace; nobody answers there. */
const webhook = (name: string): Body => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingWebhookConfiguration',
  metadata: { name },
  webhooks: [
    {
      name: `${name}.example.com`,
      admissionReviewVersions: ['v1'],
      sideEffects: 'None',
      failurePolicy: 'Fail',
      timeoutSeconds: 1,
      clientConfig: { url: 'https://127.0.0.1:9/' },
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
      rules: [
        {
          apiGroups: [''],
          apiVersions: ['v1'],
          operations: ['CREATE'],
          resources: ['configmaps'],
        },
      ],
    },
  ],
});
const webhooks = 'validatingwebhookconfigurations.admissionregistration.k8s.io';

test('a webhook that does not answer blocks what it guards, by name; the rest comes back', async () => {
  const name = await newNamespace();
  await cluster.apply(webhook(name));
  const source = backupOf(map('guarded', name), object('ServiceAccount', 'free', name));
  const given = { source, target: cluster, options: optionsOf() };
  const planned = async () => (await plan(given)).decisions;
  // the API server learns of webhooks a moment later
  await expect
    .poll(async () => (await planned()).map(({ action }) => action), { timeout: 20_000 })
    .toEqual(['create', 'blocked']);
  const decisions = await planned();
  await cluster.remove(webhooks, name);
  expect(decisions[1]?.reason).toContain(`failed calling webhook "${name}.example.com"`);
  const results = await restore({ ...given, decisions });
  expect([...results.values()].map(({ outcome }) => outcome)).toEqual(['created', 'failed']);
});

test('a dry run writes nothing and says what would have come of each object', async () => {
  const name = await newNamespace();
  const options = optionsOf({ dryRun: true });
  const given = { source: backupOf(map('asked', name)), target: cluster, options };
  const { decisions, notes } = await plan(given);
  expect(notes).toEqual(['Only a dry run: nothing will be written.']);
  const results = await restore({ ...given, decisions });
  expect(results.get(pathOf('configmaps', 'asked', name))).toMatchObject({
    outcome: 'created',
    message: 'Only asked: nothing was written.',
  });
  expect(await cluster.read('configmaps', 'asked', name)).toBeNull();
});

test('a definition deleted after the plan makes its objects fail with that reason, and nothing else', async () => {
  const name = await newNamespace();
  const group = `${name}.example.com`;
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `widgets.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object' } },
        },
      ],
    },
  };
  await cluster.apply(definition);
  await expect
    .poll(async () => (await cluster.kinds()).get(`widgets.${group}`) !== undefined)
    .toBe(true);
  const widget = { ...object('Widget', 'one', name), apiVersion: `${group}/v1` };
  const source = backupOf(widget, map('beside', name));
  const given = { source, target: cluster, options: optionsOf() };
  const { decisions } = await plan(given);
  await cluster.remove('customresourcedefinitions.apiextensions.k8s.io', `widgets.${group}`);
  await expect
    .poll(async () => (await cluster.kinds()).get(`widgets.${group}`) !== undefined)
    .toBe(false);
  const results = await restore({ ...given, decisions });
  expect(results.get(pathOf(`widgets.${group}`, 'one', name))).toMatchObject({
    outcome: 'failed',
    message: expect.stringContaining('Its kind or what it needs is missing'),
  });
  expect(results.get(pathOf('configmaps', 'beside', name))?.outcome).toBe('created');
});

test('an API server in trouble for a moment is asked again; what it had done already is not done twice', async () => {
  const name = await newNamespace();
  let failures = 0;
  const client: TestCluster['client'] = {
    ...cluster.client,
    create: async (at, body, options) => {
      if (options?.dryRun) return cluster.client.create(at, body, options);
      const answer = failures === 2 ? await cluster.client.create(at, body, options) : undefined;
      failures += 1;
      if (failures > 3) return cluster.client.create(at, body, options);
      const [status, reason] = answer ? [0, 'ECONNRESET'] : [429, 'TooManyRequests'];
      throw new ApiError({ status, reason, message: 'in trouble' });
    },
  };
  const target = { ...cluster, client };
  const given = { source: backupOf(map('wanted', name)), target, options: optionsOf() };
  const { decisions } = await plan(given);
  const results = await restore({ ...given, decisions });
  expect(failures).toBe(4);
  expect(results.get(pathOf('configmaps', 'wanted', name))?.outcome).toBe('created');
});

const volumeOf = (name: string): Body => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name },
  spec: {
    capacity: { storage: '1Gi' },
    accessModes: ['ReadWriteOnce'],
    persistentVolumeReclaimPolicy: 'Retain',
    storageClassName: '',
    hostPath: { path: '/nowhere' },
  },
});
const claimOf = (volumeName: string, namespace: string) =>
  object('PersistentVolumeClaim', 'data', namespace, {
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: '',
      volumeName,
      resources: { requests: { storage: '1Gi' } },
    },
  });

test('a claim whose volume was released is told how to get its data back, and gets it that way', async () => {
  const name = await newNamespace();
  const claim = claimOf(name, name);
  const phase = async (resource: string, one: string, namespace?: string) =>
    textAt((await cluster.read(resource, one, namespace)) ?? {}, ['status', 'phase']);
  const within = { timeout: 30_000 };
  await cluster.apply(volumeOf(name));
  await cluster.apply(claim);
  await expect.poll(() => phase('persistentvolumes', name), within).toBe('Bound');
  await cluster.remove('persistentvolumeclaims', 'data', name);
  await expect.poll(() => phase('persistentvolumes', name), within).toBe('Released');
  const given = { source: backupOf(claim), target: cluster, options: optionsOf() };
  const { decisions } = await plan(given);
  const told = expect.stringContaining(`kubectl patch pv ${name} --type=json`);
  expect(decisions).toMatchObject([{ action: 'create', reason: told }]);
  const results = await restore({ ...given, decisions });
  expect([...results.values()]).toMatchObject([{ outcome: 'created', message: told }]);
  const volume = { resource: 'persistentvolumes', name };
  await cluster.change(volume, { spec: { claimRef: { uid: null } } });
  await expect.poll(() => phase('persistentvolumeclaims', 'data', name), within).toBe('Bound');
  await cluster.change(volume, { spec: { persistentVolumeReclaimPolicy: 'Delete' } });
}, 120_000);
