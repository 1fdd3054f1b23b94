import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { endpoint } from '#shared/http/endpoint.ts';
import { endpoints } from '#shared/http/api.ts';
import { backupParams, clusterParams } from '#shared/http/schemas.ts';
import { type Person, testApp } from '../../testing/app.ts';
import { ProblemError } from '../problems.ts';
import type { Run } from './handle.ts';

const create = endpoint({
  method: 'POST',
  path: '/api/clusters/:cluster/backups',
  permission: 'backups:create',
  summary: 'Back up.',
  command: null,
  params: clusterParams,
  body: z.object({
    namespaces: z.optional(z.array(z.string())),
    depth: z.optional(z.object({ of: z.int() })),
  }),
  status: 202,
  response: z.object({ run: z.int() }),
  touches: ({ params, body }) => ({
    cluster: params.cluster,
    namespaces: body.namespaces ?? 'all',
  }),
});
const remove = endpoint({
  method: 'DELETE',
  path: '/api/clusters/:cluster/backups/:backup',
  permission: 'backups:delete',
  summary: 'Delete.',
  command: null,
  params: backupParams,
  status: 204,
  response: z.void(),
  touches: async ({ params }, { namespacesOfBackup }) => ({
    cluster: params.cluster,
    namespaces: await namespacesOfBackup(params.cluster, params.backup),
  }),
});
const list = endpoint({
  method: 'GET',
  path: '/api/clusters/:cluster/backups',
  permission: 'backups:read',
  summary: 'List.',
  command: null,
  params: clusterParams,
  query: z.object({ limit: z._default(z.coerce.number().check(z.int(), z.lte(500)), 100) }),
  response: z.object({ limit: z.int() }),
  touches: ({ params }) => ({ cluster: params.cluster, namespaces: 'some' }),
});

const url = '/api/clusters/prod/backups';
const keeper: Person = { may: ['backups:create', 'backups:read', 'backups:delete'] };

async function start(person: Person, run: Run<typeof create> = async () => ({ run: 1 })) {
  const lookup = {
    namespacesOfBackup: async (_: string, backup: string) =>
      backup === 'nightly' ? ['shop', 'pay'] : ('all' as const),
    namespacesOfRun: async () => 'all' as const,
    namespacesOfPlan: async () => 'all' as const,
    namespacesOfSchedule: async () => 'all' as const,
    namespacesKeptBy: async () => 'all' as const,
  };
  return await testApp({
    person,
    lookup,
    register: ({ handle }) => {
      handle(create, run);
      handle(remove, async () => {});
      handle(list, async ({ query }) => query);
    },
  });
}

const post = (payload: unknown = {}, headers = {}) =>
  ({ method: 'POST', url, payload: payload as object, headers }) as const;

test('exactly health and sign-in are open to everybody', () => {
  const open = endpoints.filter(({ permission }) => permission === 'public');
  expect(open.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual([
    'GET /api/health/live',
    'GET /api/health/ready',
    'POST /api/session',
  ]);
});

test('a call answers with the status of its endpoint, and the trail has intent and outcome', async () => {
  const { app, trail } = await start(keeper);
  const answer = await app.inject(post({ namespaces: ['shop'] }));
  expect([answer.statusCode, answer.json()]).toEqual([202, { run: 1 }]);
  expect(trail).toEqual([
    {
      actor: 'ada',
      action: 'POST /api/clusters/:cluster/backups',
      cluster: 'prod',
      target: { cluster: 'prod' },
      outcome: 'intended',
      code: null,
    },
    expect.objectContaining({ outcome: 'done' }),
  ]);
  const removed = await app.inject({ method: 'DELETE', url: `${url}/nightly` });
  expect([removed.statusCode, removed.body]).toEqual([204, '']);
});

test('numbers in a query are read, and what is not declared there is refused', async () => {
  const { app } = await start(keeper);
  expect((await app.inject(`${url}?limit=7`)).json()).toEqual({ limit: 7 });
  for (const query of ['limit=x', 'limit=501', 'limit=1&limit=2', 'limti=7'])
    expect([query, (await app.inject(`${url}?${query}`)).statusCode]).toEqual([query, 400]);
});

test.each([
  ['a field that does not exist', { owner: 'eve' }, /^owner: there is no such field/],
  ['a field deep inside', { depth: { of: 1, role: 'admin' } }, /^depth.role: /],
  ['a wrong type', { namespaces: 'shop' }, /^namespaces: /],
  ['null', null, /expected object/],
  ['a list', [], /expected object/],
])('a body with %s changes nothing and says what is wrong', async (_, payload, title) => {
  const { app, trail } = await start(keeper);
  const headers = { 'content-type': 'application/json' };
  const answer = await app.inject(post(JSON.stringify(payload), headers));
  expect([answer.statusCode, answer.json().code]).toEqual([400, 'request.invalid']);
  expect(answer.json().title).toMatch(title);
  expect(trail).toEqual([]);
});

test.each([
  ['nobody', 'nobody', 401, []],
  ['a person who may only read', { may: ['backups:read'] }, 403, ['refused']],
  ['a person with rights on one of two namespaces', { ...keeper, in: ['shop'] }, 403, ['refused']],
  ['a person with rights on both', { ...keeper, in: ['shop', 'pay'] }, 204, ['intended', 'done']],
] as const)('%s who deletes a backup of two namespaces', async (_, person, status, outcomes) => {
  const { app, trail } = await start(person);
  const answer = await app.inject({ method: 'DELETE', url: `${url}/nightly` });
  expect([answer.statusCode, trail.map(({ outcome }) => outcome)]).toEqual([status, outcomes]);
});

test('a person bound to a namespace cannot tell a hidden backup from one that is not there', async () => {
  const { app } = await start({ ...keeper, in: ['web'] });
  const [hidden, missing] = await Promise.all(
    ['nightly', 'gone'].map((id) => app.inject({ method: 'DELETE', url: `${url}/${id}` })),
  );
  expect(hidden?.statusCode).toBe(403);
  expect(hidden?.body).toBe(missing?.body);
});

test('strangers are turned away before their body is read', async () => {
  const { app } = await start('nobody');
  const answer = await app.inject(post('{broken', { 'content-type': 'application/json' }));
  expect(answer.statusCode).toBe(401);
});

test('a field that the contract does not have never leaves the server', async () => {
  const { app } = await start(keeper, async () => ({ run: 1, password: 'canary' }));
  expect((await app.inject(post())).body).toBe('{"run":1}');
});

test('an answer that breaks the contract is our fault', async () => {
  const { app, lines } = await start(keeper, async () => ({ run: 'one' as unknown as number }));
  expect((await app.inject(post())).json()).toMatchObject({ status: 500, code: 'server.broken' });
  expect(lines.map(({ level }) => level)).toEqual(['error']);
});

test('a mistake of ours leaves no text, stack or path in the answer, and the trail says failed', async () => {
  const { app, trail, lines } = await start(keeper, async () => {
    throw new Error('SQLITE_ERROR at /var/lib/canary');
  });
  const answer = await app.inject(post());
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([
    500,
    'application/problem+json; charset=utf-8',
  ]);
  expect(answer.body).not.toMatch(/SQLITE|canary|\.ts/);
  expect(trail.map(({ outcome, code }) => [outcome, code])).toEqual([
    ['intended', null],
    ['failed', 'server.broken'],
  ]);
  expect(lines).toHaveLength(1);
});

test('nothing happens when its intent cannot be written', async () => {
  let acted = false;
  const { app } = await testApp({
    person: keeper,
    audit: () => Promise.reject(new Error('disk full')),
    register: ({ handle }) =>
      handle(create, async () => {
        acted = true;
        return { run: 1 };
      }),
  });
  expect((await app.inject(post())).statusCode).toBe(500);
  expect(acted).toBe(false);
});

test('50 calls at once with one idempotency key have one effect and one answer', async () => {
  let effects = 0;
  const { app } = await start(keeper, async () => {
    effects += 1;
    await new Promise((resolve) => setTimeout(resolve, 20));
    return { run: effects };
  });
  const send = () => app.inject(post({ namespaces: ['shop'] }, { 'idempotency-key': 'k-1' }));
  const answers = await Promise.all(Array.from({ length: 50 }, send));
  expect(effects).toBe(1);
  const codes = answers.map(({ statusCode }) => statusCode);
  expect(codes.filter((code) => code === 202)).toHaveLength(1);
  const waiting = answers.find(({ statusCode }) => statusCode === 409);
  expect([waiting?.json().code, waiting?.headers['retry-after']]).toEqual([
    'request.still_running',
    '1',
  ]);
  const later = await send();
  expect([later.statusCode, later.json(), later.headers['idempotent-replayed']]).toEqual([
    202,
    { run: 1 },
    'true',
  ]);
});

test('a key used for another request is refused, a refused call gives its key back', async () => {
  let fail = true;
  const { app } = await start(keeper, async () => {
    if (fail)
      throw new ProblemError({ code: 'x.busy', status: 409, title: 'Busy.', detail: 'Try again.' });
    return { run: 1 };
  });
  const send = (payload: object) => app.inject(post(payload, { 'idempotency-key': 'k-2' }));
  expect((await send({})).json().code).toBe('x.busy');
  fail = false;
  expect((await send({})).statusCode).toBe(202);
  expect((await send({ namespaces: ['shop'] })).json().code).toBe('request.key_reused');
});

test('after a fault the same key never acts again, with another one it may', async () => {
  let effects = 0;
  const { app } = await start(keeper, async () => {
    effects += 1;
    throw new Error('after the effect');
  });
  const send = (key: string) => app.inject(post({}, { 'idempotency-key': key }));
  expect((await send('k')).statusCode).toBe(500);
  expect((await send('k')).statusCode).toBe(500);
  expect(effects).toBe(1);
  expect((await app.inject(post({}, { 'idempotency-key': 'a b' }))).statusCode).toBe(400);
});

test.each(['ENOSPC', 'SQLITE_FULL'])(
  'a full disk (%s) is told as that, with what to do, and not as a mistake of ours',
  async (code) => {
    const { app } = await start(keeper, async () => {
      throw new Error('insert failed', { cause: Object.assign(new Error('no space'), { code }) });
    });
    expect((await app.inject(post())).json()).toMatchObject({
      status: 507,
      code: 'server.disk_full',
    });
  },
);
