import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Fault } from '../../../sandbox/faults/faults.types.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import type { BackupManifest } from '../engine.ts';
import { type ConnectedLab, openConnectedLab } from './testing/connected-lab.ts';
import { all, contextOf, problemOf } from './testing/lab.ts';

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

const accounts = 'accounts.ledger.example.com';
const item = (at: number) => `item-${String(at).padStart(5, '0')}`;
const body = (namespace: string, name: string, more: object = {}) =>
  JSON.stringify({ metadata: { name, namespace, uid: `uid-${name}` }, ...more });

/** ConfigMaps in pages of 500, past the API. */
function loadConfigMaps(count: number): void {
  const objects = Array.from({ length: count }, (_, at) => ({
    key: `shop/${item(at)}`,
    body: body('shop', item(at), { data: { at: String(at) } }),
  }));
  sandbox.store.load('configmaps', objects);
}

const kindIn = ({ kinds }: BackupManifest, resource: string) =>
  kinds.find((kind) => kind.resource === resource);

async function expectSound(backup: string, objects: number): Promise<void> {
  const outcome = await lab.engine.verify({ cluster: 'test', backup }, contextOf());
  expect(outcome).toMatchObject({ objects, damaged: [] });
}

test('a continue token that expires in the middle makes that kind be read again from its start', async () => {
  loadConfigMaps(1200);
  const there = sandbox.store.bucket('configmaps').size();
  sandbox.faults.add({ path: /\/configmaps\?.*continue=/, fault: { do: 'stall', ms: 200 } });
  let expired = false;
  const progress = ({ doing }: { doing: string }) => {
    if (expired || doing !== 'Reading configmaps') return;
    expired = true;
    sandbox.store.remove('configmaps', `shop/${item(3)}`, () => body('shop', item(3)));
    sandbox.faults.expireContinueTokens();
  };
  const { manifest } = await lab.backup({ name: 'first' }, contextOf({ progress }));
  expect(expired).toBe(true);
  expect(manifest.state).toBe('completed');
  expect(kindIn(manifest, 'configmaps')?.objects).toBe(there - 1);
  expect(
    await lab.read('first', `resources/configmaps/namespaces/shop/${item(3)}.json`),
  ).toBeNull();
  await expectSound('first', manifest.objects);
});

test('objects that change while they are listed are held as they were when the list began', async () => {
  loadConfigMaps(1200);
  const there = sandbox.store.bucket('configmaps').size();
  const before = sandbox.store.revision();
  sandbox.faults.mutateWhileListing('configmaps');
  const { manifest } = await lab.backup({ name: 'first', kinds: ['configmaps'] });
  expect(sandbox.store.revision()).toBeGreaterThan(before);
  expect(manifest).toMatchObject({ state: 'completed', objects: there });
  await expectSound('first', there);
});

test('a definition deleted between two pages makes the backup partial and names its kind', async () => {
  const objects = Array.from({ length: 1200 }, (_, at) => ({
    key: `payments/${item(at)}`,
    body: body('payments', item(at), { apiVersion: 'ledger.example.com/v1', kind: 'Account' }),
  }));
  sandbox.store.load(accounts, objects);
  const rest = /\/accounts\?.*continue=/; // controllers take a moment to withdraw the kind
  sandbox.faults.add({ path: rest, fault: { do: 'stall', ms: 300 } });
  sandbox.faults.deleteDefinitionWhileListing(accounts);
  const { manifest } = await lab.backup({ name: 'first' });
  expect(manifest.state).toBe('partial');
  expect(kindIn(manifest, accounts)).toMatchObject({
    read: 'part',
    reason: expect.stringMatching(/no longer served/),
  });
  expect(kindIn(manifest, 'secrets')).toMatchObject({ read: 'complete' });
  await expectSound('first', manifest.objects);
});

test('a group whose service is away makes the backup partial and is named, the rest is whole', async () => {
  sandbox.faults.breakGroup('ledger.example.com', { stale: true });
  const { manifest } = await lab.backup({ name: 'first' });
  expect(manifest.state).toBe('partial');
  const missing = manifest.kinds.filter(({ read }) => read !== 'complete');
  expect(missing.map(({ resource, version }) => `${resource} ${version}`)).toEqual([
    '*.ledger.example.com v1',
    '*.ledger.example.com v1beta1',
  ]);
  expect(missing[0]?.reason).toMatch(/could not say which kinds/);
  await expectSound('first', manifest.objects);
});

test('a kind that only answers 503 makes the backup partial and is named, the rest is whole', async () => {
  sandbox.faults.breakGroup('ledger.example.com');
  const { manifest } = await lab.backup({ name: 'first' });
  expect(manifest.state).toBe('partial');
  expect(manifest.kinds.filter(({ read }) => read !== 'complete')).toMatchObject([
    { resource: accounts, read: 'not', reason: expect.stringMatching(/not available/) },
  ]);
}, 120_000);

test('an aggregated API that serves metrics and is away is noise, not a partial backup', async () => {
  sandbox.faults.breakGroup('metrics.k8s.io', { stale: true });
  expect((await lab.backup()).manifest.state).toBe('completed');
});

const passing: [string, Fault][] = [
  ['says that it is too busy', { do: 'status', status: 429, retryAfter: 1 }],
  ['is unavailable', { do: 'status', status: 503 }],
  ['cuts the connection before it answers', { do: 'reset', when: 'before' }],
  ['cuts the connection in the middle of a body', { do: 'reset', when: 'middle' }],
  ['ends an answer before the end of the list', { do: 'truncate' }],
];
test.each(passing)('an API server that %s for a moment costs nothing', async (_, fault) => {
  const there = sandbox.store.bucket('secrets').size();
  sandbox.faults.add({ path: '/api/v1/secrets?', times: 2, fault });
  const { manifest } = await lab.backup({ name: 'first' });
  expect(sandbox.faults.hits()).toBe(2);
  expect(manifest.state).toBe('completed');
  expect(kindIn(manifest, 'secrets')).toMatchObject({ read: 'complete', objects: there });
  await expectSound('first', manifest.objects);
});

test('Retry-After is waited for', async () => {
  sandbox.faults.add({
    path: '/api/v1/secrets?',
    times: 1,
    fault: { do: 'status', status: 429, retryAfter: 2 },
  });
  const began = performance.now();
  await lab.backup({ kinds: ['secrets'] });
  expect(performance.now() - began).toBeGreaterThan(2000);
});

test('the sign-in page of a proxy is not taken for an empty list: the kind is named as not read', async () => {
  sandbox.faults.add({ path: '/api/v1/secrets?', fault: { do: 'html' } });
  const { manifest } = await lab.backup({ name: 'first' });
  expect(manifest.state).toBe('partial');
  expect(manifest.kinds.filter(({ read }) => read !== 'complete')).toMatchObject([
    { resource: 'secrets', read: 'not', objects: 0, reason: expect.any(String) },
  ]);
  await expectSound('first', manifest.objects);
}, 60_000);

test('who may list only in single namespaces gets the chosen namespaces whole', async () => {
  const namespaces = ['accounts', 'payments', 'search', 'shop', 'warehouse'];
  const free = await lab.backup({ name: 'free', namespaces });
  sandbox.faults.add({
    path: /^\/api(s\/[^/]+)?\/[^/]+\/(?!namespaces|customresourcedefinitions)[^/]+\?/,
    fault: { do: 'status', status: 403 },
  });
  const bound = await lab.backup({ name: 'bound', namespaces });
  expect(sandbox.faults.hits()).toBeGreaterThan(20);
  expect(bound.manifest).toMatchObject({ state: 'completed', objects: free.manifest.objects });
  const changes = lab.engine.diff({
    cluster: 'test',
    from: 'free',
    to: 'bound',
    namespaces: 'all',
  });
  expect(await all(changes)).toEqual([]);
});

test('credentials that end during a backup end it, and nothing of it is left', async () => {
  const progress = () => void sandbox.faults.expireToken();
  const connect = { server: sandbox.server, credentials: { token: sandbox.token } };
  await lab.close();
  lab = await openConnectedLab(async () => connect);
  expect(await problemOf(lab.backup({}, contextOf({ progress })))).toMatchObject({
    code: 'backups.credentials_refused',
    detail: expect.stringMatching(/No backup was made/),
  });
  expect(await all(lab.engine.backups('test'))).toEqual([]);
});
