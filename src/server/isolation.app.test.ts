import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Plan } from '#shared/restores/restores.contract.ts';
import type { Run } from '#shared/runs/runs.contract.ts';
import { everyGet, type Heard, type Known } from './testing/every-get.ts';
import { type Lifeboat, newData, startLifeboat } from './testing/lifeboat.ts';
import { marker, placesOf } from './testing/markers.ts';
import { clusterRoles, configMaps, namespaces, plantIn, secrets } from './testing/planting.ts';

const at = '/api/clusters/sandbox';
const mine = 'mine';
/** Begins everything that this person may not learn of. */
const foreign = marker();
const own = marker();

let place: Awaited<ReturnType<typeof newData>>;
let lifeboat: Lifeboat;
let token: string;
let others: string[];
let known: Known;
let stream: ReturnType<typeof listen>;
/** Runs that concern nothing but what is theirs. */
const ownRuns: string[] = [];
const foreignRuns: string[] = [];

beforeAll(async () => {
  place = await newData();
  await mkdir(join(place.data, 'exports'));
  lifeboat = await startLifeboat(place.data, ['--export-root', join(place.data, 'exports')]);
  const extra: ['secrets:read', 'backups:export'] = ['secrets:read', 'backups:export'];
  await (await plantIn(lifeboat)).create(namespaces, { name: mine });
  token = await lifeboat.tokenFor({ role: 'restorer', namespaces: [mine], extra });
  stream = listen();
  await plantEverywhere();
  known = await useEverything();
}, 60_000);
afterAll(async () => {
  await lifeboat.stop();
  await place.remove();
});

/** Everything that the live stream says to this person. */
function listen(lastEventId?: string) {
  const stop = new AbortController();
  const heard: string[] = [];
  const reading = (async () => {
    const answer = await fetch(`${lifeboat.url}/api/live`, {
      signal: stop.signal,
      headers: {
        authorization: `Bearer ${token}`,
        ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
      },
    });
    for await (const part of answer.body ?? []) heard.push(Buffer.from(part).toString());
  })().catch(() => undefined);
  const end = async () => {
    stop.abort();
    await reading;
  };
  return { text: () => heard.join(''), end };
}

const metadata = (name: string) => ({
  name,
  labels: { [`${foreign}-label`]: `${foreign}-value` },
  annotations: { 'example.com/note': `${foreign}-note` },
});
const contents = { data: { [`${foreign}-key`]: `${foreign}-text` } };

/** In each namespace but theirs, in one more that bears the mark itself, and in the whole cluster. */
async function plantEverywhere() {
  const { create } = await plantIn(lifeboat);
  await create(namespaces, metadata(`${foreign}-space`));
  others = await otherNamespaces();
  for (const namespace of others) {
    await create(configMaps, { ...metadata(`${foreign}-map`), namespace }, contents);
    await create(secrets, { ...metadata(`${foreign}-secret`), namespace }, { type: foreign });
  }
  await create(clusterRoles, metadata(`${foreign}-role`), { rules: [] });
  await create(configMaps, { name: `${own}-map`, namespace: mine }, { data: { own } });
  await create(configMaps, { name: 'lost', namespace: mine }, { data: { own } });
}

async function otherNamespaces(): Promise<string[]> {
  const { client } = await lifeboat.app.features.registry.use('sandbox');
  const { body } = await client.list(namespaces, {});
  const { items } = JSON.parse(body.toString()) as { items: { metadata: { name: string } }[] };
  return items.map(({ metadata: { name } }) => name).filter((name) => name !== mine);
}

const admin = async (url: string, body: object, theirs = false): Promise<Run> => {
  const made = await lifeboat.call<Run>('POST', `${at}${url}`, { body });
  if (made.status !== 202) throw new Error(made.text);
  (theirs ? ownRuns : foreignRuns).push(made.body.id);
  return lifeboat.over(made.body);
};

async function planned(body: object, as?: string): Promise<string> {
  const made = await lifeboat.call<Plan>('POST', `${at}/restores/plan`, {
    body,
    ...(as === undefined ? {} : { token: as }),
  });
  if (made.status !== 201) throw new Error(made.text);
  return made.body.id;
}

/** Backs up, loses, restores, exports and verifies: theirs, what is not theirs, and both together. */
async function useEverything(): Promise<Known> {
  const { remove, create } = await plantIn(lifeboat);
  const [other = ''] = others;
  await admin('/backups', { name: 'whole' });
  await admin('/backups', { name: `${foreign}-backup`, namespaces: others });
  await admin('/backups', { name: 'own', namespaces: [mine] }, true);
  await lifeboat.call('PUT', `${at}/backups/whole/pin`, { body: { note: foreign } });
  for (const namespace of [other, mine]) {
    const name = namespace === mine ? 'lost' : `${foreign}-map`;
    await remove(configMaps, { name, namespace });
  }
  await create(configMaps, { ...metadata(`${foreign}-later`), namespace: other }, contents);
  await admin('/backups', { name: 'both', namespaces: [mine, other] });
  const foreignPlan = await planned({ backup: 'whole', kinds: ['configmaps'] });
  const ownPlan = await planned({ backup: 'whole', namespaces: [mine] }, token);
  const started = await lifeboat.call<Run>('POST', `${at}/restores`, {
    token,
    body: { plan: ownPlan },
  });
  if (started.status !== 202) throw new Error(started.text);
  ownRuns.push((await lifeboat.over(started.body)).id);
  await admin('/restores', { plan: foreignPlan });
  await admin('/backups/whole/verify', {});
  await admin('/backups/whole/export', { folder: `${foreign}-folder` });
  const frequency = '0 3 * * *';
  const schedule = async (name: string, body: object) => {
    const spec = { frequency, acceptWarnings: true, name, ...body };
    const saved = await lifeboat.call('POST', `${at}/schedules`, { body: spec });
    if (saved.status !== 201) throw new Error(saved.text);
  };
  await schedule('own-nightly', { namespaces: [mine] });
  await schedule(`${foreign}-nightly`, { namespaces: [other] });
  await schedule('whole-nightly', {});
  await schedule('whole-full', { type: 'full' });
  await lifeboat.call('POST', `${at}/schedules/whole-nightly/pause`, { body: { reason: foreign } });
  const path = (kind: string, name: string) => `resources/${kind}/${name}.json`;
  return {
    cluster: ['sandbox'],
    backup: ['whole', 'both', 'own', `${foreign}-backup`],
    run: [...ownRuns, ...foreignRuns],
    plan: [ownPlan, foreignPlan],
    schedule: ['own-nightly', 'whole-nightly', 'whole-full', `${foreign}-nightly`],
    paths: [
      path('configmaps', `namespaces/${mine}/${own}-map`),
      path('configmaps', `namespaces/${other}/${foreign}-map`),
      path('secrets', `namespaces/${other}/${foreign}-secret`),
      path('clusterroles.rbac.authorization.k8s.io', `cluster/${foreign}-role`),
      path('namespaces', `cluster/${foreign}-space`),
    ],
    prefixes: [
      '',
      'resources/',
      'resources/configmaps/',
      'resources/configmaps/namespaces/',
      `resources/configmaps/namespaces/${mine}/`,
      `resources/configmaps/namespaces/${other}/`,
      'resources/namespaces/cluster/',
      'resources/clusterroles.rbac.authorization.k8s.io/cluster/',
    ],
    words: [mine, other, foreign],
  };
}

/** An answer without what the question itself held: it may say again what was asked. */
function withoutQuestion({ url, text }: Pick<Heard, 'url' | 'text'>): string {
  const { pathname, searchParams } = new URL(url, 'http://asked');
  const asked = [...searchParams.values(), ...pathname.split('/').map(decodeURIComponent)];
  return asked
    .filter((one) => one.includes(foreign) || others.some((name) => one.split('/').includes(name)))
    .reduce((rest, one) => rest.replaceAll(one, ''), text);
}

/** The names of other namespaces as they stand in JSON and in paths, and all that bears the mark. */
function foreignIn(answers: readonly Heard[]): string[] {
  const rest = answers.map((one) => ({ ...one, text: withoutQuestion(one) }));
  const marked = rest.map(({ url, text }) => ({ name: url, bytes: Buffer.from(text) }));
  const named = rest.flatMap(({ url, text }) =>
    [...others, ...foreignRuns]
      .filter((name) => name !== 'default') // every namespace has an account of that name
      .filter((name) => text.includes(`"${name}"`) || text.includes(`/${name}/`))
      .map((name) => `${name} in ${url}`),
  );
  return [...placesOf([foreign], marked), ...named];
}

test('a person bound to one namespace finds nothing of the others in any answer', async () => {
  const answers = await everyGet(lifeboat, known, token);
  const good = answers.filter(({ status }) => status === 200);
  expect(good.length).toBeGreaterThan(40);
  expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  expect(good.some(({ text }) => text.includes(own))).toBe(true);
  expect(foreignIn(answers)).toEqual([]);
}, 60_000);

test('the counts of their own backup, which include objects of the cluster, are not told', async () => {
  const [backup = '', restore = ''] = ownRuns;
  const shown = async (run: string, as?: string) =>
    (await lifeboat.call<Run>('GET', `${at}/runs/${run}`, as === undefined ? {} : { token: as }))
      .body;
  expect((await shown(backup)).result).toMatchObject({ objects: expect.any(Number) });
  expect(await shown(backup, token)).toMatchObject({
    state: 'completed',
    result: null,
    progress: { items: { done: 0, total: null } },
  });
  expect((await shown(restore, token)).result).not.toBeNull();
  const { body } = await lifeboat.call<{ items: Run[] }>('GET', `${at}/runs`, { token });
  const counted = body.items.filter(({ result }) => result !== null).map(({ kind }) => kind);
  expect(new Set(counted)).toEqual(new Set(['restore']));
}, 60_000);

test('an administrator finds it all with the same questions, so the search would find it', async () => {
  const all = await lifeboat.tokenFor({ role: 'admin' });
  const answers = await everyGet(lifeboat, known, all);
  const told = new Set(foreignIn(answers).map((one) => one.replace(/^.* in |\?.*$/g, '')));
  const kinds = [
    '/backups',
    '/contents',
    '/object',
    '/diff',
    '/runs',
    '/log',
    '/restores',
    '/schedules',
    '/calendar',
    '/export',
  ];
  for (const kind of kinds) expect([...told].some((url) => url.endsWith(kind))).toBe(true);
}, 60_000);

test('a schedule that meets those of others is warned without learning which', async () => {
  const body = { frequency: '0 3 * * *', namespaces: [mine] };
  const url = `${at}/schedules/preview`;
  const { status, text } = await lifeboat.call('POST', url, { token, body });
  expect([status, text.includes('own-nightly'), text.includes('a schedule of others')]).toEqual([
    200,
    true,
    true,
  ]);
  expect(foreignIn([{ url, status, text }])).toEqual([]);
});

test('what they try to do with what is not theirs is refused without a word about it', async () => {
  const [run = ''] = foreignRuns;
  const tries: [method: string, url: string, body?: object][] = [
    ['POST', '/restores/plan', { backup: 'whole' }],
    ['POST', '/restores/plan', { backup: 'whole', namespaces: [mine, 'shop'] }],
    ['POST', '/restores/plan', { backup: 'whole', objects: [known.paths[1]] }],
    ['POST', '/restores', { plan: known.plan[1] }],
    ['POST', '/backups', {}],
    ['POST', '/backups', { namespaces: [mine, 'shop'] }],
    ['POST', '/backups/whole/verify'],
    ['POST', '/backups/whole/export', { folder: 'x' }],
    ['DELETE', '/backups/both'],
    ['PUT', '/backups/whole/pin', { note: 'mine now' }],
    ['POST', `/runs/${run}/cancel`],
    ['POST', `/runs/${run}/priority`, { priority: 'low' }],
    ['POST', '/schedules', { frequency: '@daily' }],
    ['POST', '/schedules', { frequency: '@daily', namespaces: [mine, 'shop'] }],
    ['PUT', '/schedules/whole-nightly', { frequency: '@daily', namespaces: [mine] }],
    ['POST', '/schedules/whole-nightly/run'],
    ['POST', '/schedules/whole-nightly/resume'],
    ['DELETE', '/schedules/whole-nightly'],
    ['POST', '/schedules/whole-nightly/retention'],
    ['POST', '/schedules/import', { document: 'schedules: []' }],
    ['PUT', '/blackouts', { blackouts: [] }],
  ];
  const answers: Heard[] = [];
  for (const [method, path, body] of tries) {
    const { status, text } = await lifeboat.call(method, `${at}${path}`, {
      token,
      ...(body && { body }),
    });
    answers.push({ url: `${at}${path}`, status, text });
  }
  const refused = answers.map(({ url, status }) => [url, [403, 404].includes(status) || status]);
  expect(refused.filter(([, ok]) => ok !== true)).toEqual([]);
  expect(foreignIn(answers)).toEqual([]);
}, 20_000);

test('the live stream, caught up with or read along, tells of theirs alone', async () => {
  const last = String(ownRuns.at(-1));
  await expect.poll(() => stream.text(), { timeout: 3000 }).toContain(last);
  const [, epoch] = /^id: (.*)-\d+$/m.exec(stream.text()) ?? [];
  const again = listen(`${epoch}-0`);
  await expect.poll(() => again.text(), { timeout: 3000 }).toMatch(new RegExp(`${last}|resync`));
  await Promise.all([stream.end(), again.end()]);
  const heard = [stream, again].map((one) => ({ url: '/api/live', status: 200, text: one.text() }));
  expect(foreignIn(heard)).toEqual([]);
}, 15_000);
