import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Plan } from '#shared/restores/restores.contract.ts';
import type { Run } from '#shared/runs/runs.contract.ts';
import { createLog } from './platform/log.ts';
import { everyGet, type Known } from './testing/every-get.ts';
import { type Lifeboat, newData, startLifeboat } from './testing/lifeboat.ts';
import { filesBelow, gitObjects, marker, placesOf, type Place } from './testing/markers.ts';
import { plantIn, secrets } from './testing/planting.ts';

const at = '/api/clusters/sandbox';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const path = (name: string) => `resources/secrets/namespaces/shop/${name}.json`;
const planted = {
  value: marker(),
  changed: marker(),
  asText: marker(),
  lastApplied: marker(),
  longValue: marker(),
  s3KeyId: marker(),
  s3Key: marker(),
  clusterToken: marker(),
  clusterKey: marker(),
  refusedToken: marker(),
  password: marker(),
  wrongPassword: marker(),
  shortPassword: 'mark7e57e1',
  brokenBody: marker(),
  link: marker(),
};
const { value, changed, asText, lastApplied } = planted;

let place: Awaited<ReturnType<typeof newData>>;
let lifeboat: Lifeboat;
let exports: string;
let token: string;
let backup: string;
/** Where the sandbox listens: it answers at once that it does not know these credentials. */
let api: string;
const logged: string[] = [];
const answers: Place[] = [];

const heard = (name: string, text: string) => answers.push({ name, bytes: Buffer.from(text) });

/** Any call that changes something; its answer is searched with all the others. */
async function send<T = Run>(method: string, url: string, body: object, key?: string) {
  const answer = await fetch(`${lifeboat.url}${url}`, {
    method,
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      ...(key ? { 'idempotency-key': key } : {}),
    },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  heard(`${method} ${url}`, text);
  return { status: answer.status, body: JSON.parse(text) as T };
}

const finished = async (url: string, body: object, key?: string) => {
  const { status, body: run } = await send('POST', url, body, key);
  expect(status).toBe(202);
  return lifeboat.over(run);
};

beforeAll(async () => {
  place = await newData();
  exports = join(place.data, 'exports');
  await mkdir(exports);
  const destination = { write: (line: string) => void logged.push(line) };
  const log = createLog({ level: 'debug', destination });
  lifeboat = await startLifeboat(place.data, ['--export-root', exports], { log, lines: [] });
  token = await lifeboat.tokenFor({ role: 'admin', cluster: '*', extra: ['backups:export'] });
  api = String(lifeboat.app.features.registry.all()[0]?.server);
  await plant();
  backup = String((await finished(`${at}/backups`, {}, 'a-backup')).backup);
}, 30_000);
afterAll(async () => {
  await lifeboat.stop();
  await place.remove();
});

async function plant() {
  const { create } = await plantIn(lifeboat);
  const secret = { type: 'Opaque', data: { password: base64(value) } };
  const applied = JSON.stringify({ kind: 'Secret', stringData: { password: lastApplied } });
  const annotations = {
    'kubectl.kubernetes.io/last-applied-configuration': applied,
    'example.com/copy': base64(lastApplied),
  };
  await create(secrets, { name: 'planted', namespace: 'shop', annotations }, secret);
  await create(
    secrets,
    { name: 'lost', namespace: 'shop' },
    {
      stringData: { note: `x${asText}`, more: `xy${planted.longValue}${'z'.repeat(200_000)}` },
    },
  );
}

test('a backup, two diffs, a plan, a restore and exports of Secrets go their way', async () => {
  const { create, remove } = await plantIn(lifeboat);
  const [kept, lost] = ['planted', 'lost'].map((name) => ({ name, namespace: 'shop' }));
  for (const one of [kept, lost]) if (one) await remove(secrets, one);
  await create(
    secrets,
    { name: 'planted', namespace: 'shop' },
    { data: { password: base64(changed) } },
  );
  await finished(`${at}/backups`, { name: 'after', namespaces: ['shop'] });
  const body = { backup, namespaces: ['shop'], kinds: ['secrets'], conflictPolicy: 'update' };
  const plan = await send<Plan>('POST', `${at}/restores/plan`, body);
  expect([plan.body.counts.create, plan.body.counts.update]).toEqual([1, 1]);
  const restored = await finished(`${at}/restores`, { plan: plan.body.id });
  expect([restored.state, restored.problem]).toEqual(['completed', null]);
  const moved = { backup, namespaces: ['shop'], namespaceMapping: { shop: 'elsewhere' } };
  await send('POST', `${at}/restores/plan`, moved);
  const folder = await finished(`${at}/backups/${backup}/export`, { folder: 'velero' });
  expect([folder.state, folder.problem]).toEqual(['completed', null]);
  const refused = await send('POST', `${at}/backups/${backup}/export`, {
    folder: 'x',
    includeSecrets: true,
  });
  expect(refused.status).toBe(403);
}, 30_000);

test('credentials of an export and of clusters are taken, and a failure says nothing of them', async () => {
  const s3 = {
    endpoint: 'http://127.0.0.1:1',
    bucket: 'backups',
    accessKeyId: planted.s3KeyId,
    secretAccessKey: planted.s3Key,
  };
  const failed = await finished(`${at}/backups/${backup}/export`, { s3 }, 'an-export');
  expect(failed.state).toBe('failed');
  const added = await send(
    'POST',
    '/api/clusters',
    {
      kubeconfig: kubeconfig({
        token: planted.clusterToken,
      }),
    },
    'a-cluster',
  );
  expect(added.status).toBe(201);
  const certificates = {
    'client-certificate-data': base64('none'),
    'client-key-data': base64(planted.clusterKey),
  };
  await send('POST', '/api/clusters', { name: 'keyed', kubeconfig: kubeconfig(certificates) });
  const exec = { token: planted.refusedToken, exec: { command: planted.refusedToken } };
  for (const user of [exec, { tokenFile: '/etc/passwd', token: planted.refusedToken }]) {
    const refused = await send('POST', '/api/clusters', { kubeconfig: kubeconfig(user) });
    expect(refused.status).toBe(422);
  }
  const broken = `${kubeconfig({ token: planted.refusedToken }).slice(0, -4)} :: ${planted.refusedToken}`;
  expect((await send('POST', '/api/clusters', { kubeconfig: broken })).status).toBe(422);
}, 20_000);

const kubeconfig = (user: object) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'far',
    clusters: [{ name: 'c', cluster: { server: api } }],
    contexts: [{ name: 'far', context: { cluster: 'c', user: 'u' } }],
    users: [{ name: 'u', user }],
  });

test('passwords and links are taken or refused without being said again', async () => {
  const account = { name: 'bob', bindings: [{ role: 'viewer' }] };
  const made = await send(
    'POST',
    '/api/users',
    { ...account, password: planted.password },
    'a-user',
  );
  expect(made.status).toBe(201);
  const short = await send('POST', '/api/users', { ...account, password: planted.shortPassword });
  expect(short.status).toBe(400);
  const signIn = (body: object) => send('POST', '/api/session', body);
  expect((await signIn({ user: 'bob', password: planted.password })).status).toBe(200);
  expect((await signIn({ user: 'bob', password: planted.wrongPassword })).status).toBe(401);
  expect((await signIn({ link: planted.link })).status).toBe(401);
  const broken = await fetch(`${lifeboat.url}/api/users`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: `{"password": ${planted.brokenBody}`,
  });
  expect(broken.status).toBe(400);
  heard('a body that is no JSON', await broken.text());
});

test('no answer that an administrator without the right to Secrets can get holds one', async () => {
  const everything = await everyGet(lifeboat, await known(), token);
  for (const { url, text } of everything) heard(url, text);
  const shown = everything.filter(({ status }) => status === 200);
  expect(shown.some(({ url }) => url.includes('/object?'))).toBe(true);
  expect(shown.some(({ url }) => /plans\/.*\/diff/.test(url))).toBe(true);
  expect(
    shown.some(({ url, text }) => url.includes('to=live&path') && text.includes('hidden')),
  ).toBe(true);
  expect(placesOf(Object.values(planted), answers)).toEqual([]);
}, 30_000);

async function known(): Promise<Known> {
  const { plans, runs } = lifeboat.app.features;
  const made = await runs.list({ cluster: 'sandbox' }, 'all', { limit: 100 });
  const used = made.items.flatMap(({ plan }) => plan ?? []);
  expect(await plans.find(String(used[0]))).toBeDefined();
  return {
    cluster: ['sandbox', 'far'],
    backup: [backup, 'after'],
    run: made.items.map(({ id }) => id),
    plan: used,
    schedule: [],
    paths: [path('planted'), path('lost')],
    prefixes: ['', 'resources/secrets/namespaces/shop/'],
    words: ['shop'],
  };
}

test('who has the right reads the value, so the search would find it', async () => {
  const reader = await lifeboat.tokenFor({ extra: ['secrets:read'] });
  const url = `${at}/backups/${backup}/object?path=${path('planted')}`;
  const { text } = await lifeboat.call('GET', url, { token: reader });
  const found = placesOf([value, lastApplied], [{ name: 'answer', bytes: Buffer.from(text) }]);
  expect(new Set(found)).toEqual(new Set([`${value} in answer`, `${lastApplied} in answer`]));
});

test('no log line holds a secret, and neither does any file or any object of the repository', () => {
  const log = { name: 'log', bytes: Buffer.from(logged.join('')) };
  const repository = gitObjects(join(place.data, 'repositories', 'sandbox.git'));
  const files = filesBelow(place.data);
  expect(logged.length).toBeGreaterThan(0);
  const names = files.map(({ name }) => name).join('\n');
  expect(names).toMatch(/lifeboat\.db-wal/);
  expect(names).toMatch(/velero.*\.tar\.gz/);
  expect(repository.bytes.includes('resources')).toBe(true);
  const tokens = token.slice(3);
  const places = [log, repository, ...files];
  expect(placesOf([...Object.values(planted), tokens], places)).toEqual([]);
});
