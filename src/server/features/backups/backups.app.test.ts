import { readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Backup, BackupDetail } from '#shared/backups/backups.contract.ts';
import type { ContentEntry } from '#shared/backups/contents.contract.ts';
import type { Run } from '#shared/runs/runs.contract.ts';
import type { ApiResource } from '../../kubernetes/client.types.ts';
import { type Lifeboat, newData, startLifeboat } from '../../testing/lifeboat.ts';

type List<T> = { items: T[]; next: string | null };
const at = '/api/clusters/sandbox';
const marker = 'zz-planted-elsewhere';
const secretText = 'plain-text-of-a-secret';
const core = (plural: string, kind: string, namespaced: boolean): ApiResource => ({
  group: '',
  version: 'v1',
  plural,
  kind,
  namespaced,
  verbs: [],
  subresources: [],
});

let place: Awaited<ReturnType<typeof newData>>;
let lifeboat: Lifeboat;
let whole: Run;

beforeAll(async () => {
  place = await newData();
  lifeboat = await startLifeboat(place.data);
  await plant(lifeboat);
  whole = await backUp({});
}, 30_000);
afterAll(async () => {
  await lifeboat.stop();
  await place.remove();
});

/** A namespace that nobody else may learn of, and Secrets whose values nobody may see. */
async function plant({ app }: Lifeboat) {
  const { client } = await app.features.registry.use('sandbox');
  const create = (resource: ApiResource, object: object, namespace?: string) =>
    client.create({ resource, ...(namespace ? { namespace } : {}) }, JSON.stringify(object));
  const named = (kind: string, name: string, more: object = {}) => ({
    apiVersion: 'v1',
    kind,
    metadata: { name },
    ...more,
  });
  await create(core('namespaces', 'Namespace', false), named('Namespace', marker));
  await create(core('configmaps', 'ConfigMap', true), named('ConfigMap', `${marker}-map`), marker);
  const secret = { type: 'Opaque', data: { password: Buffer.from(secretText).toString('base64') } };
  await create(core('secrets', 'Secret', true), named('Secret', 'planted', secret), 'shop');
}

async function backUp(body: object): Promise<Run> {
  const queued = await lifeboat.call<Run>('POST', `${at}/backups`, { body });
  expect(queued.status).toBe(202);
  return lifeboat.over(queued.body);
}

test('a backup of the sandbox is completed, listed and described', async () => {
  expect([whole.state, whole.problem]).toEqual(['completed', null]);
  const { body } = await lifeboat.call<BackupDetail>('GET', `${at}/backups/${whole.backup}`);
  expect(body.objects).toBe(whole.result?.['objects']);
  expect(body.kinds.find(({ resource }) => resource === 'configmaps')?.read).toBe('complete');
  expect(body.keptBecause).toEqual(['It has no retention: it stays until it is deleted.']);
  const list = await lifeboat.call<List<Backup> & { total: number }>('GET', `${at}/backups`);
  expect(list.body.items.map(({ id }) => id)).toContain(whole.backup);
});

test('a person bound to one namespace finds nothing of the others, wherever they look', async () => {
  const token = await lifeboat.tokenFor({ role: 'restorer', namespaces: ['shop'] });
  const other = await backUp({ namespaces: [marker] });
  const get = (path: string) => lifeboat.call('GET', `${at}${path}`, { token });
  const own = `/backups/${whole.backup}`;
  const path = `resources/configmaps/namespaces/${marker}/${marker}-map.json`;
  const answers = await Promise.all([
    get('/backups'),
    get(own),
    get(`${own}/contents`),
    get(`${own}/contents?prefix=resources/`),
    get(`${own}/contents?prefix=resources/configmaps/`),
    get(`${own}/contents?prefix=resources/configmaps/namespaces/`),
    get(`${own}/contents?prefix=resources/namespaces/cluster/`),
    get(`${own}/diff?to=live`),
    get('/runs'),
    get('/restores'),
    get(''),
  ]);
  for (const { text } of answers) expect(text).not.toContain(marker);
  for (const { text } of answers) expect(text).not.toContain('payments');
  const hidden = await Promise.all([
    get(`${own}/object?path=${path}`),
    get(`${own}/diff?to=live&path=${path}`),
    get(`/backups/${other.backup}`),
    get(`/backups/${other.backup}/contents`),
    get(`${own}/diff?to=${other.backup}`),
    get(`/runs/${whole.id}`),
    get(`/runs/${other.id}/log`),
    get(`/restores/${other.id}`),
  ]);
  expect(hidden.map(({ status }) => status)).toEqual(hidden.map(() => 404));
});

test('a backup that may not be seen and one that is not there are told alike', async () => {
  const token = await lifeboat.tokenFor({ namespaces: ['shop'] });
  const other = await backUp({ namespaces: [marker] });
  const told = async (id: string) => {
    const { status, text } = await lifeboat.call('GET', `${at}/backups/${id}`, { token });
    return [status, text.replaceAll(id, 'X')];
  };
  expect(await told(String(other.backup))).toEqual(await told('nothing-here'));
});

test('counts and contents of a narrowed backup agree with each other', async () => {
  const token = await lifeboat.tokenFor({ namespaces: ['shop'] });
  const { body } = await lifeboat.call<BackupDetail>('GET', `${at}/backups/${whole.backup}`, {
    token,
  });
  expect(body.namespaces).toEqual(['shop']);
  const sum = body.kinds.reduce((total, { objects }) => total + objects, 0);
  expect(sum).toBe(body.objects);
  expect(body.kinds.every(({ namespaced }) => namespaced)).toBe(true);
});

test('a person bound to namespaces may not back up the whole cluster, nor be narrowed silently', async () => {
  const token = await lifeboat.tokenFor({ role: 'operator', namespaces: ['shop'] });
  const refused = await lifeboat.call('POST', `${at}/backups`, { token, body: {} });
  expect(refused.status).toBe(403);
  const body = { namespaces: ['shop'] };
  const own = await lifeboat.call<Run>('POST', `${at}/backups`, { token, body });
  expect(own.status).toBe(202);
  const ended = await lifeboat.over(own.body);
  const log = await lifeboat.call('GET', `${at}/runs/${ended.id}/log`, { token });
  expect(log.status).toBe(200);
});

test('the value of a Secret is shown only with a right of its own, and that is audited', async () => {
  const path = 'resources/secrets/namespaces/shop/planted.json';
  const url = `${at}/backups/${whole.backup}/object?path=${path}`;
  const without = await lifeboat.tokenFor({ role: 'admin' });
  const hidden = await lifeboat.call<{ redacted: boolean; json: string }>('GET', url, {
    token: without,
  });
  expect(hidden.body.redacted).toBe(true);
  expect(JSON.parse(hidden.body.json).data).toEqual({ password: '' });
  const allowed = await lifeboat.tokenFor({ namespaces: ['shop'], extra: ['secrets:read'] });
  const shown = await lifeboat.call<{ json: string }>('GET', url, { token: allowed });
  expect(shown.body.json).toContain(Buffer.from(secretText).toString('base64'));
  const audit = await lifeboat.call<List<{ action: string }>>('GET', '/api/audit');
  expect(audit.body.items.map(({ action }) => action)).toContain('read a sealed object');
});

test.each([
  ['a name that is taken', async () => ({ name: whole.backup }), 409, 'backups.name_taken'],
  [
    'a label selector that is none',
    async () => ({ labelSelector: 'a=b=c' }),
    422,
    'backups.selector_invalid',
  ],
  ['a kind that is none', async () => ({ kinds: ['<script>'] }), 400, 'request.invalid'],
  ['a namespace that is none', async () => ({ namespaces: ['Shop_1'] }), 400, 'request.invalid'],
  [
    'a namespace chosen and left out at once',
    async () => ({ namespaces: ['shop', 'blog'], excludedNamespaces: ['blog'] }),
    400,
    'request.invalid',
  ],
  ['a name that no ref can have', async () => ({ name: 'shop.lock' }), 400, 'request.invalid'],
])('a backup with %s is refused before anything begins', async (_, body, status, code) => {
  const before = await lifeboat.call<List<Run>>('GET', `${at}/runs`);
  const answer = await lifeboat.call<{ code: string }>('POST', `${at}/backups`, {
    body: await body(),
  });
  expect([answer.status, answer.body.code]).toEqual([status, code]);
  const after = await lifeboat.call<List<Run>>('GET', `${at}/runs`);
  expect(after.body.items.length).toBe(before.body.items.length);
});

test('an unknown cluster is told as such', async () => {
  const answer = await lifeboat.call<{ code: string }>('POST', '/api/clusters/nowhere/backups', {
    body: {},
  });
  expect([answer.status, answer.body.code]).toEqual([404, 'clusters.unknown']);
});

test('a pinned backup is not deleted; unpinned it goes, with its row and its pin', async () => {
  const { backup } = await backUp({ namespaces: ['shop'] });
  const url = `${at}/backups/${backup}`;
  await lifeboat.call('PUT', `${url}/pin`, { body: { note: 'before the upgrade' } });
  const refused = await lifeboat.call<{ code: string }>('DELETE', url);
  expect([refused.status, refused.body.code]).toEqual([409, 'backups.pinned']);
  expect((await lifeboat.call('DELETE', `${url}/pin`)).status).toBe(204);
  const run = await lifeboat.call<Run>('DELETE', url);
  expect((await lifeboat.over(run.body)).state).toBe('completed');
  expect((await lifeboat.call('GET', url)).status).toBe(404);
});

test('a backup that verifies says when', async () => {
  const run = await lifeboat.call<Run>('POST', `${at}/backups/${whole.backup}/verify`);
  expect((await lifeboat.over(run.body)).state).toBe('completed');
  const { body } = await lifeboat.call<Backup>('GET', `${at}/backups/${whole.backup}`);
  expect(body.verifiedAt).not.toBeNull();
});

test('contents are paged level by level, and an object is read as it was sent', async () => {
  const contents = `${at}/backups/${whole.backup}/contents`;
  const first = await lifeboat.call<List<ContentEntry>>(
    'GET',
    `${contents}?prefix=resources/&limit=3`,
  );
  expect(first.body.items).toHaveLength(3);
  const next = await lifeboat.call<List<ContentEntry>>(
    'GET',
    `${contents}?prefix=resources/&limit=3&cursor=${first.body.next}`,
  );
  const paths = [...first.body.items, ...next.body.items].map(({ path }) => path);
  expect(new Set(paths).size).toBe(6);
});

function s3At(endpoint: string, prefix = 'velero') {
  const keys = { accessKeyId: 'me', secretAccessKey: 'secret' };
  return { s3: { endpoint, bucket: 'velero', prefix, ...keys } };
}

test.each([
  ['no target', {}, 'backups.export_target'],
  ['a folder without a root for exports', { folder: 'velero' }, 'backups.export_root_missing'],
  ['an S3 store in a file', s3At('file:///etc'), 'export.endpoint_invalid'],
  ['an S3 store by gopher', s3At('gopher://127.0.0.1:6379'), 'export.endpoint_invalid'],
  ['a metadata service', s3At('http://169.254.169.254'), 'export.endpoint_invalid'],
  ['a prefix that leads up', s3At('https://s3.example', '../other'), 'export.prefix_invalid'],
])('an export to %s is refused', async (_, body, code) => {
  const answer = await lifeboat.call<{ code: string }>(
    'POST',
    `${at}/backups/${whole.backup}/export`,
    {
      body,
    },
  );
  expect([answer.status, answer.body.code]).toEqual([422, code]);
});

test('S3 credentials of an export are in no answer, no log and no file in plain text', async () => {
  const s3 = {
    endpoint: 'http://127.0.0.1:1',
    bucket: 'backups',
    accessKeyId: 'key-id-to-look-for',
    secretAccessKey: 'secret-key-to-look-for',
  };
  const url = `${at}/backups/${whole.backup}/export`;
  const run = await lifeboat.call<Run>('POST', url, { body: { s3 } });
  const ended = await lifeboat.over(run.body);
  expect(ended.state).toBe('failed');
  const log = await lifeboat.call('GET', `${at}/runs/${ended.id}/log`);
  const files = ['lifeboat.db', 'lifeboat.db-wal'].map((name) =>
    readFileSync(join(place.data, name), 'latin1'),
  );
  const texts = [
    run.text,
    JSON.stringify(ended),
    log.text,
    JSON.stringify(lifeboat.lines),
    ...files,
  ];
  for (const text of texts) expect(text).not.toMatch(/to-look-for/);
});

test('a database that was thrown away is rebuilt from the repository', async () => {
  const ids = async () => {
    const { body } = await lifeboat.call<List<Backup>>('GET', `${at}/backups`);
    return body.items.map(({ id, objects, startedAt }) => [id, objects, startedAt]);
  };
  const before = await ids();
  await lifeboat.stop();
  for (const end of ['', '-wal', '-shm'])
    await rm(join(place.data, `lifeboat.db${end}`), { force: true });
  lifeboat = await startLifeboat(place.data);
  expect(await ids()).toEqual(before);
}, 20_000);

test('a repository that is away makes its backups damaged, and whole again when it is back', async () => {
  const states = async () => {
    const { body } = await lifeboat.call<List<Backup>>('GET', `${at}/backups`);
    return new Set(body.items.map(({ state }) => state));
  };
  const folder = join(place.data, 'repositories', 'sandbox.git');
  await lifeboat.stop();
  await rename(folder, `${folder}.away`);
  lifeboat = await startLifeboat(place.data);
  expect(await states()).toEqual(new Set(['damaged']));
  await lifeboat.stop();
  await rm(folder, { recursive: true, force: true });
  await rename(`${folder}.away`, folder);
  const exports = join(place.data, 'exports');
  await mkdir(exports);
  lifeboat = await startLifeboat(place.data, ['--export-root', exports]);
  expect(await states()).toEqual(new Set(['completed']));
}, 20_000);

test('an export goes below its root and nowhere else; maintenance gives space back', async () => {
  const url = `${at}/backups/${whole.backup}/export`;
  const outside = await lifeboat.call<{ code: string }>('POST', url, { body: { folder: '../x' } });
  expect([outside.status, outside.body.code]).toEqual([422, 'backups.export_folder_outside']);
  const inside = await lifeboat.call<Run>('POST', url, { body: { folder: 'velero' } });
  const exported = await lifeboat.over(inside.body);
  expect([exported.state, exported.problem]).toEqual(['completed', null]);
  const body = { cluster: 'sandbox' };
  const maintenance = await lifeboat.call<Run>('POST', '/api/maintenance', { body });
  expect((await lifeboat.over(maintenance.body)).state).toBe('completed');
}, 20_000);
