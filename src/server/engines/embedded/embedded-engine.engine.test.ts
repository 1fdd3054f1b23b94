import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addKeys, openKeyring, rotateKey } from '../../platform/keyring.ts';
import { git } from './git.ts';
import { repositorySize } from './repository.ts';
import { all, contextOf, fill, type Lab, object, openLab, problemOf } from './testing/lab.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await openLab();
  fill(lab);
});
afterEach(() => lab.close());

const everything = (backup: string) =>
  all(lab.engine.objects({ cluster: 'test', backup, wants: () => true }));
const read = (backup: string, path: string) =>
  lab.engine.readObject({ cluster: 'test', backup, path });
const secret = 'resources/secrets/namespaces/shop/db.json';

test('an object is kept byte for byte as it was sent, with its type in front', async () => {
  const sent =
    '{"metadata":{"name":"big","namespace":"shop"},  "n":9007199254740993,"x":"\\u003cb>"}';
  lab.api.put('configmaps', 'shop/big', sent);
  const { manifest } = await lab.backup({ name: 'first' });
  expect(manifest).toMatchObject({ state: 'completed', objects: 11, serverVersion: 'v1.34.4' });
  const big = await read('first', 'resources/configmaps/namespaces/shop/big.json');
  expect(big?.json.toString()).toBe(`{"kind":"ConfigMap","apiVersion":"v1",${sent.slice(1)}`);
});

test('an unchanged backup adds next to nothing, and a full one writes everything again', async () => {
  for (let at = 0; at < 1000; at += 1)
    lab.api.put(
      'configmaps',
      `shop/c-${at}`,
      object(`c-${at}`, 'shop', { data: { at, pad: 'x'.repeat(200) } }),
    );
  const first = await lab.backup({ name: 'first' });
  const second = await lab.backup({ name: 'second' });
  const full = await lab.backup({ name: 'third', type: 'full' });
  expect(second.bytesWritten).toBeLessThan(4096);
  expect(full.bytesWritten).toBeGreaterThan(first.bytesWritten * 0.9);
  expect(await everything('third')).toEqual(await everything('first'));
});

test('pages are read at most two lists at once, each page once', async () => {
  for (let at = 0; at < 1200; at += 1)
    lab.api.put('configmaps', `shop/c-${at}`, object(`c-${at}`, 'shop'));
  // Long enough that the second list begins before the first is answered, on the slowest machine.
  lab.api.state.delay = 150;
  await lab.backup();
  const lists = lab.api.requests.filter((url) => url.includes('limit='));
  expect([lists.length, lab.api.state.most]).toEqual([5, 2]);
});

test('definitions of custom resources are asked for once, and backed up as they were answered', async () => {
  const group = 'apiextensions.k8s.io';
  const resource = `customresourcedefinitions.${group}`;
  lab.api.serve({
    plural: 'customresourcedefinitions',
    kind: 'CustomResourceDefinition',
    group,
    namespaced: false,
  });
  const sent = '{"metadata":{"name":"widgets.example.org"},"n":9007199254740993}';
  lab.api.put('customresourcedefinitions', '/widgets.example.org', sent);
  await lab.backup({ name: 'first' });
  const lists = lab.api.requests.filter((url) => /customresourcedefinitions\?.*limit=/.test(url));
  expect(lists).toHaveLength(1);
  const kept = await read('first', `resources/${resource}/cluster/widgets.example.org.json`);
  expect(kept?.json.toString()).toContain('"n":9007199254740993');
});

test('names that would break a line or a path are kept and found again', async () => {
  lab.api.serve({ plural: 'roles', kind: 'Role', group: 'rbac.authorization.k8s.io' });
  const names = ['a\nb', 'a"b', 'a\\b', 'system:x', 'ü😀', ' ', '..', '__proto__', 'constructor'];
  for (const name of names)
    lab.api.put('roles', `shop/${encodeURIComponent(name)}`, object(name, 'shop'));
  await lab.backup({ name: 'first' });
  const prefix = 'resources/roles.rbac.authorization.k8s.io/namespaces/shop';
  const listed = await lab.engine.listContents({
    cluster: 'test',
    backup: 'first',
    prefix,
    namespaces: 'all',
  });
  expect(listed.map(({ name }) => name.slice(0, -5)).toSorted()).toEqual(names.toSorted());
  for (const { path, name } of listed) {
    const found = await read('first', path);
    expect(JSON.parse(String(found?.json)).metadata.name).toBe(name.slice(0, -5));
  }
  expect(
    (await lab.engine.verify({ cluster: 'test', backup: 'first' }, contextOf())).damaged,
  ).toEqual([]);
});

test.each([
  ['may not be listed', 403, /may not list it/],
  ['is served by something that is down', 503, /not available/],
])(
  'a kind that %s makes the backup partial and is named, never counted as zero',
  async (_, status, reason) => {
    lab.api.state.fault = ({ path }) =>
      path.endsWith('/configmaps') ? { status, reason: 'Broken', message: 'because' } : undefined;
    const { manifest } = await lab.backup();
    expect(manifest.state).toBe('partial');
    expect(manifest.kinds.find(({ resource }) => resource === 'configmaps')).toMatchObject({
      read: 'not',
      reason: expect.stringMatching(reason),
    });
  },
  90_000,
);

test('an expired list is read again from its start, without what came before', async () => {
  for (let at = 0; at < 700; at += 1)
    lab.api.put('configmaps', `shop/c-${at}`, object(`c-${at}`, 'shop'));
  let expired = 0;
  lab.api.state.fault = ({ path, query }) => {
    if (!path.endsWith('/configmaps') || !query.has('continue') || expired === 2) return undefined;
    expired += 1;
    lab.api.remove('configmaps', `shop/c-${expired}`);
    return { status: 410, reason: 'Expired', message: 'too old' };
  };
  const { manifest } = await lab.backup({ name: 'first' });
  expect(manifest).toMatchObject({ state: 'completed', objects: 708 });
  expect(await read('first', 'resources/configmaps/namespaces/shop/c-1.json')).toBeNull();
  expect(
    (await lab.engine.verify({ cluster: 'test', backup: 'first' }, contextOf())).damaged,
  ).toEqual([]);
});

test('a definition deleted while its objects are listed leaves the rest of the backup whole', async () => {
  lab.api.serve({ plural: 'widgets', kind: 'Widget', group: 'example.org' });
  lab.api.state.fault = ({ path }) =>
    path.endsWith('/widgets') ? { status: 404, reason: 'NotFound', message: 'gone' } : undefined;
  const { manifest } = await lab.backup();
  expect(manifest.kinds.find(({ resource }) => resource === 'widgets.example.org')).toMatchObject({
    read: 'not',
    reason: expect.stringMatching(/no longer served/),
  });
});

test('the plain text of a Secret is nowhere in the data folder', async () => {
  await lab.backup();
  await git(lab.gitDir, ['repack', '-a', '-d', '-q']);
  const blobs = (await git(lab.gitDir, ['cat-file', '--batch-all-objects', '--batch'])).toString(
    'latin1',
  );
  expect(blobs).toContain('config-1');
  expect(blobs).not.toContain('cGxhbnRlZC1tYXJrZXI=');
});

test('volume claims are listed as data that is not backed up', async () => {
  lab.api.serve({ plural: 'persistentvolumeclaims', kind: 'PersistentVolumeClaim' });
  lab.api.put('persistentvolumeclaims', 'shop/data', object('data', 'shop'));
  const { manifest } = await lab.backup();
  expect(manifest.volumes).toMatchObject([
    { namespace: 'shop', name: 'data', reason: expect.any(String) },
  ]);
});

test('noise is left out unless it is named', async () => {
  lab.api.serve({ plural: 'events', kind: 'Event' });
  lab.api.put('events', 'shop/e', object('e', 'shop'));
  expect((await lab.backup()).manifest.kinds.map(({ resource }) => resource)).not.toContain(
    'events',
  );
  expect((await lab.backup({ kinds: ['events'] })).manifest.objects).toBe(1);
});

test('after a rotation an unchanged Secret is no difference, and old backups stay readable', async () => {
  await lab.backup({ name: 'before' });
  const keyring = await rotateKey({ folder: join(lab.data, 'keys') });
  const later = await openLab({ data: lab.data, keyring });
  fill(later);
  await later.backup({ name: 'after' });
  const between = { cluster: 'test', from: 'before', to: 'after', namespaces: 'all' } as const;
  expect(await all(later.engine.diff(between))).toEqual([]);
  const found = await later.engine.readObject({ cluster: 'test', backup: 'before', path: secret });
  expect(found?.json.toString()).toContain('cGxhbnRlZC1tYXJrZXI=');
  await later.close();
});

test('with another key nothing is touched, and the missing one is named', async () => {
  await lab.backup({ name: 'before' });
  const keyring = await openKeyring({ folder: join(lab.data, 'other') });
  const later = await openLab({ data: lab.data, keyring });
  const before = await repositorySize(lab.gitDir);
  expect(await problemOf(later.backup({ name: 'after' }))).toMatchObject({ code: 'keys.missing' });
  expect(await repositorySize(lab.gitDir)).toBe(before);
  await later.close();
});

test('a repository from another machine is adopted with its key file, and refused without', async () => {
  await lab.backup({ name: 'before' });
  const there = await openLab();
  const adopt = (keyring: Pick<typeof there.keyring, 'keys'>) =>
    there.engine.adoptRepository({ path: lab.gitDir, as: 'old', keyring });
  expect(await problemOf(adopt(there.keyring))).toMatchObject({ code: 'keys.missing' });
  expect(await adopt(lab.keyring)).toEqual({ backups: 1 });
  const keyring = await addKeys({ folder: join(there.data, 'keys') }, lab.keyring.keys);
  const both = await openLab({ data: there.data, keyring });
  const found = await both.engine.readObject({ cluster: 'old', backup: 'before', path: secret });
  expect(found?.json.toString()).toContain('cGxhbnRlZC1tYXJrZXI=');
  await both.close();
  await there.close();
});

test('a folder that is no repository of ours is not adopted', async () => {
  const path = await mkdtemp(join(tmpdir(), 'lifeboat-foreign-'));
  execFileSync('git', ['init', '--quiet', '--bare', path]);
  const adopting = lab.engine.adoptRepository({ path, as: 'old', keyring: lab.keyring });
  expect(await problemOf(adopting)).toMatchObject({ code: 'repository.foreign' });
  await rm(path, { recursive: true });
});

test.each(['shop.lock', '../x', 'A', '', '-a', 'a'.repeat(64)])(
  'the name %j is refused before anything is written',
  async (name) => {
    expect(await problemOf(lab.backup({ name }))).toMatchObject({ code: 'backups.name_invalid' });
  },
);

test('an invalid selector is said to be so, with the words of the API server', async () => {
  lab.api.state.fault = ({ query }) =>
    query.has('labelSelector')
      ? { status: 400, reason: 'BadRequest', message: 'unable to parse' }
      : undefined;
  expect(await problemOf(lab.backup({ labelSelector: '!!' }))).toMatchObject({
    code: 'backups.selector_invalid',
    detail: expect.stringMatching(/unable to parse/),
  });
});

test('the lock of a dead process is taken over, that of a living one is respected', async () => {
  await lab.backup();
  const lock = join(lab.gitDir, 'lifeboat.lock');
  await writeFile(lock, JSON.stringify({ pid: 1, started: 'another boot/1', what: 'backup' }));
  await lab.backup();
  await writeFile(lock, 'cut sho');
  await lab.backup();
  expect(await readdir(lab.gitDir)).not.toContain('lifeboat.lock');
});

test('packs are joined without losing anything', async () => {
  for (const name of ['one', 'two', 'three']) {
    lab.api.put('configmaps', `shop/${name}`, object(name, 'shop'));
    await lab.backup({ name });
  }
  await lab.engine.joinPacks({ cluster: 'test' }, contextOf());
  for (const backup of ['one', 'two', 'three'])
    expect((await lab.engine.verify({ cluster: 'test', backup }, contextOf())).damaged).toEqual([]);
});
