import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endpoints } from '#shared/http/api.ts';
import type { Plan } from '#shared/restores/restores.contract.ts';
import type { Run } from '#shared/runs/runs.contract.ts';
import { asPerson } from './testing/as-person.ts';
import { type Lifeboat, newData, startLifeboat } from './testing/lifeboat.ts';
import { configMaps, namespaces, plantIn } from './testing/planting.ts';
import { rightsSuite } from './testing/rights.suite.ts';
import { routesOf } from './testing/routes.ts';
import type { Sample } from './testing/samples.ts';

const at = '/api/clusters/sandbox';
let place: Awaited<ReturnType<typeof newData>>;
let lifeboat: Lifeboat;
let send: ReturnType<typeof asPerson>;
let run: Run;
let plan: Plan;

beforeAll(async () => {
  place = await newData();
  lifeboat = await startLifeboat(place.data);
  await prepare();
  // Whoever is let in changes nothing from here on: what the samples name has to stay.
  await lifeboat.app.features.runner.stop(0);
  send = asPerson(lifeboat);
}, 30_000);
afterAll(async () => {
  await lifeboat.stop();
  await place.remove();
});

/** A backup, a run and a plan that touch exactly the namespaces `shop` and `pay`. */
async function prepare() {
  const { create, remove } = await plantIn(lifeboat);
  await create(namespaces, { name: 'pay' });
  const both = ['shop', 'pay'];
  const where = (namespace: string) => ({ name: 'lost', namespace });
  for (const namespace of both) await create(configMaps, where(namespace));
  const body = { name: 'nightly-1', namespaces: both, kinds: ['configmaps'] };
  const made = await lifeboat.call<Run>('POST', `${at}/backups`, { body });
  run = await lifeboat.over(made.body);
  for (const namespace of both) await remove(configMaps, where(namespace));
  const planned = await lifeboat.call<Plan>('POST', `${at}/restores/plan`, {
    body: { backup: 'nightly-1' },
  });
  plan = planned.body;
}

/** The samples speak of things that are not there; the same calls about what is. */
function real({ url, body, ...call }: Sample): Sample {
  const id = (call.params['plan'] ?? body?.['plan']) ? plan.id : run.id;
  const known = (text: string) =>
    text.replaceAll('prod', 'sandbox').replaceAll('01936f5e-0000-7000-8000-000000000001', id);
  const narrow = url.endsWith('/restores/plan') ? { namespaces: ['shop'] } : {};
  const sent = body && { ...(JSON.parse(known(JSON.stringify(body))) as typeof body), ...narrow };
  return { ...call, url: known(url), ...(sent && { body: sent }) };
}

describe('the whole server', () => {
  rightsSuite(endpoints, (person, call) => send(person, real(call)));
});

test('what the calls were about touches two namespaces, and is still there', async () => {
  const { namespacesOf } = lifeboat.app.features.backups;
  const { plans, runs } = lifeboat.app.features;
  const reaches = [
    await namespacesOf('sandbox', 'nightly-1'),
    (await runs.find(run.id))?.namespaces,
    (await plans.find(plan.id))?.namespaces,
  ];
  const both = expect.toSatisfy((reach: unknown) => /^(pay,shop|shop,pay)$/.test(String(reach)));
  expect(reaches).toEqual([both, both, both]);
});

const contract = endpoints.map(({ method, path }) => `${method} ${path}`).toSorted();

test('every endpoint of the contract is a route, and every other route only shows the contract', () => {
  const routes = routesOf(lifeboat.app.app);
  const ours = routes.filter((route) => / \/(api|metrics)(\/|$)/.test(route));
  expect(ours.toSorted()).toEqual(['GET /api', 'GET /api/openapi.json', ...contract].toSorted());
  const page = routes.filter((route) => !ours.includes(route));
  expect(page.filter((route) => !/^(GET|HEAD) /.test(route))).toEqual([]);
});

test.each(['/api', '/api/openapi.json'])(
  '%s is shown to nobody who is not signed in',
  async (path) => {
    expect((await send('nobody', { method: 'GET', url: path })).statusCode).toBe(401);
  },
);

test('only health and sign-in are public', async () => {
  const open = endpoints.filter(({ permission }) => permission === 'public');
  expect(open.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /api/session',
    'GET /api/health/live',
    'GET /api/health/ready',
  ]);
});
