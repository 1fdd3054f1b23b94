import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Plan, PlannedObject } from '#shared/restores/restores.contract.ts';
import type { Run } from '#shared/runs/runs.contract.ts';
import type { ApiResource } from '../../kubernetes/client.types.ts';
import { type Lifeboat, newData, startLifeboat } from '../../testing/lifeboat.ts';

const at = '/api/clusters/sandbox';
const marker = 'zz-planted-elsewhere';
const kinds = { group: '', version: 'v1', namespaced: true, verbs: [], subresources: [] };
const configMaps: ApiResource = { ...kinds, plural: 'configmaps', kind: 'ConfigMap' };
const namespaces: ApiResource = {
  ...kinds,
  plural: 'namespaces',
  kind: 'Namespace',
  namespaced: false,
};

let place: Awaited<ReturnType<typeof newData>>;
let lifeboat: Lifeboat;
let backup: string;

const client = async () => (await lifeboat.app.features.registry.use('sandbox')).client;

beforeAll(async () => {
  place = await newData();
  lifeboat = await startLifeboat(place.data);
  const api = await client();
  const named = (kind: string, name: string, more = {}) =>
    JSON.stringify({ apiVersion: 'v1', kind, metadata: { name }, ...more });
  await api.create({ resource: namespaces }, named('Namespace', marker));
  await api.create({ resource: namespaces }, named('Namespace', 'mine'));
  await api.create(
    { resource: configMaps, namespace: marker },
    named('ConfigMap', `${marker}-map`),
  );
  const settings = named('ConfigMap', 'settings', { data: { colour: 'blue' } });
  await api.create({ resource: configMaps, namespace: 'mine' }, settings);
  const made = await lifeboat.call<Run>('POST', `${at}/backups`, { body: {} });
  backup = String((await lifeboat.over(made.body)).backup);
}, 30_000);
afterAll(async () => {
  await lifeboat.stop();
  await place.remove();
});

const planFor = (body: object, token?: string) =>
  lifeboat.call<Plan & { code: string }>('POST', `${at}/restores/plan`, {
    body: { backup, ...body },
    ...(token ? { token } : {}),
  });

test('a lost ConfigMap is planned, restored once, and restored again without a change', async () => {
  const where = { resource: configMaps, namespace: 'mine', name: 'settings' };
  await (await client()).delete(where);
  const plan = await planFor({ namespaces: ['mine'], kinds: ['configmaps'] });
  expect([plan.status, plan.body.counts?.create]).toEqual([201, 1]);
  const run = await lifeboat.call<Run>('POST', `${at}/restores`, { body: { plan: plan.body.id } });
  expect(run.status).toBe(202);
  const ended = await lifeboat.over(run.body);
  expect([ended.state, ended.result?.['created']]).toEqual(['completed', 1]);
  expect((await (await client()).get(where)).toString()).toContain('blue');
  const twice = await lifeboat.call<{ code: string }>('POST', `${at}/restores`, {
    body: { plan: plan.body.id },
  });
  expect([twice.status, twice.body.code]).toEqual([409, 'restores.plan_used']);
  const again = await planFor({ namespaces: ['mine'], kinds: ['configmaps'] });
  expect(again.body.counts.create + again.body.counts.update).toBe(0);
}, 20_000);

test('what the plan for a lost namespace says is what comes of it, to the last object', async () => {
  const api = await client();
  const { body } = await lifeboat.call<{ items: { path: string }[] }>(
    'GET',
    `${at}/backups/${backup}/contents?prefix=resources/deployments.apps/namespaces/`,
  );
  const name = String(body.items[0]?.path).split('/').at(-1) ?? '';
  await api.delete({ resource: namespaces, name });
  await expect.poll(() => api.get({ resource: namespaces, name }).catch(() => 'gone')).toBe('gone');
  const plan = await planFor({ namespaces: [name] });
  expect(plan.body.counts.create).toBeGreaterThan(20);
  const run = await lifeboat.call<Run>('POST', `${at}/restores`, { body: { plan: plan.body.id } });
  const ended = await lifeboat.over(run.body);
  const { create, skip } = plan.body.counts;
  expect([ended.state, ended.result]).toEqual(['completed', { created: create, skipped: skip }]);
}, 60_000);

test('plans, their objects, diffs and restores of a bound person hold nothing of other namespaces', async () => {
  const token = await lifeboat.tokenFor({ role: 'restorer', namespaces: ['mine'] });
  const whole = await planFor({}, token);
  const foreign = await planFor({ namespaces: [marker] }, token);
  const path = `resources/configmaps/namespaces/${marker}/${marker}-map.json`;
  const single = await planFor({ objects: [path] }, token);
  expect([whole.status, foreign.status, single.status]).toEqual([403, 403, 403]);
  expect(whole.text).not.toContain(marker);
  const own = await planFor({ namespaces: ['mine'] }, token);
  expect(own.status).toBe(201);
  const url = `${at}/plans/${own.body.id}`;
  const objects = await lifeboat.call<{ items: PlannedObject[] }>('GET', `${url}/objects`, {
    token,
  });
  expect(objects.status).toBe(200);
  expect(own.text + objects.text).not.toContain(marker);
  const diff = await lifeboat.call('GET', `${url}/diff?path=${path}`, { token });
  expect(diff.status).toBe(404);
});

test('a mapping does not let a bound person read what is live in another namespace', async () => {
  const token = await lifeboat.tokenFor({ role: 'restorer', namespaces: ['mine'] });
  const mapped = await planFor({ namespaces: ['mine'], namespaceMapping: { mine: marker } }, token);
  expect([mapped.status, mapped.body.code]).toEqual([403, 'restores.namespaces_needed']);
});

test.each([
  [{ namespaces: ['shpo'] }, 422, 'restores.nothing_selected', '(namespace shpo)'],
  [
    { modifiers: [{ resource: '*', patch: [{ op: 'remove', path: '/metadata/name' }] }] },
    400,
    'restores.modifier_invalid',
    'changes the name or the namespace',
  ],
  [
    { modifiers: [{ resource: '*', patch: [{ op: 'add', path: '/__proto__/a', value: 1 }] }] },
    400,
    'restores.modifier_invalid',
    '/__proto__/a is no field that an object can have.',
  ],
  [{ labelSelector: 'a=b=c' }, 400, 'restores.selector_invalid', 'a=b=c'],
])('a plan of %j is refused, and the sentence names what is wrong', async (body, ...expected) => {
  const refused = await planFor(body);
  const [status, code, words] = expected;
  expect([refused.status, refused.body.code]).toEqual([status, code]);
  expect(refused.text).toContain(words);
});

test('a namespace that the backup does not have is named in the plan of the others', async () => {
  const plan = await planFor({ namespaces: ['mine', 'shpo'] });
  expect(plan.body.notes).toContain(
    'Nothing of what was asked for is in the namespace shpo of the backup.',
  );
});

test('the plan of somebody else is not there', async () => {
  const plan = await planFor({ namespaces: ['mine'] });
  const token = await lifeboat.tokenFor({ role: 'admin' });
  const url = `${at}/plans/${plan.body.id}`;
  expect((await lifeboat.call('GET', url, { token })).status).toBe(404);
});

test('a plan that tells of more than its maker may read by now is not there any more', async () => {
  const password = 'a long enough password';
  const binding = { role: 'admin', cluster: 'sandbox', namespaces: ['mine', marker] };
  const account = { name: 'eve', password, bindings: [binding] };
  await lifeboat.call('POST', '/api/users', { body: account });
  const cookie = async () => {
    const answer = await fetch(`${lifeboat.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: lifeboat.url },
      body: JSON.stringify({ user: 'eve', password }),
    });
    return String(answer.headers.get('set-cookie')).split(';', 1).join('');
  };
  const asEve = async (path: string, session: string, body?: object) =>
    fetch(`${lifeboat.url}${at}${path}`, {
      headers: { cookie: session, origin: lifeboat.url, 'content-type': 'application/json' },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
  const before = await cookie();
  const body = { backup, namespaces: ['mine', marker], kinds: ['configmaps'] };
  const plan = (await (await asEve('/restores/plan', before, body)).json()) as Plan;
  expect((await asEve(`/plans/${plan.id}/objects`, before)).status).toBe(200);
  const bindings = [{ ...binding, namespaces: ['mine'] }];
  await lifeboat.call('PATCH', '/api/users/eve', { body: { bindings } });
  const after = await cookie();
  for (const part of ['', '/objects'])
    expect((await asEve(`/plans/${plan.id}${part}`, after)).status).toBe(404);
});

test('the stream of a bound person tells nothing of runs in other namespaces', async () => {
  const token = await lifeboat.tokenFor({ namespaces: ['mine'] });
  const stop = new AbortController();
  const answer = await fetch(`${lifeboat.url}/api/live`, {
    headers: { authorization: `Bearer ${token}` },
    signal: stop.signal,
  });
  let heard = '';
  const reading = (async () => {
    for await (const part of answer.body ?? []) heard += Buffer.from(part).toString();
  })().catch(() => undefined);
  const spec = { namespaces: [marker] };
  const foreign = await lifeboat.call<Run>('POST', `${at}/backups`, { body: spec });
  await lifeboat.over(foreign.body);
  const own = await lifeboat.call<Run>('POST', `${at}/backups`, { body: { namespaces: ['mine'] } });
  await lifeboat.over(own.body);
  await expect.poll(() => heard, { timeout: 3000 }).toContain(own.body.id);
  stop.abort();
  await reading;
  expect(heard).not.toContain(marker);
  expect(heard).not.toContain(foreign.body.id);
}, 15_000);
