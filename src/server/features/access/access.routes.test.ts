import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sessionApi, tokensApi, usersApi } from '#shared/access/access.contract.ts';
import { auditApi } from '#shared/audit/audit.contract.ts';
import { openDatabase } from '../../platform/database/database.ts';
import { cookieJar } from '../../platform/http/cookies.models.ts';
import { createHandle } from '../../platform/http/handle.ts';
import { createHttp } from '../../platform/http/http.ts';
import { createIdempotency } from '../../platform/http/idempotency.ts';
import { noReserve, testLog } from '../../testing/app.ts';
import { sampleLookup } from '../../testing/rights.suite.ts';
import { createAuditRepository } from '../audit/audit.repository.ts';
import { registerAudit } from '../audit/audit.routes.ts';
import { createAudit } from '../audit/audit.usecases.ts';
import { createAccess } from './access.ts';
import { registerAccess } from './access.routes.ts';

let now = 0;
const noon = Temporal.Instant.from('2026-11-23T12:00:00Z').epochMilliseconds;
const clock = () => Temporal.Instant.fromEpochMilliseconds(now);
const pass = (ms: number) => void (now += ms);
const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

async function start() {
  const { db, close } = await openDatabase({ url: ':memory:', clock });
  const { log, lines } = testLog();
  const cookie = cookieJar({ secure: false, instance: 'test' });
  const http = await createHttp({ log, cookie, callsPerMinute: 10_000 });
  const access = createAccess({
    db,
    clock,
    cookie,
    isLocal: http.isLocal,
    baseUrl: () => 'http://127.0.0.1:7575',
  });
  const entries = createAuditRepository(db);
  const handle = createHandle(http.app, {
    identify: access.identify,
    audit: createAudit({ entries, clock }),
    lookup: sampleLookup,
    idempotency: createIdempotency({ db, clock }),
    cookie,
    reserve: noReserve,
    log,
  });
  registerAccess(handle, access.needs);
  registerAudit(handle, { entries });
  return { ...http, access, db, lines, close };
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
type Who = { cookie?: string; authorization?: string; [header: string]: string | undefined };

let server: Awaited<ReturnType<typeof start>>;
beforeEach(async () => {
  now = noon;
  server = await start();
});
afterEach(async () => {
  await server.app.close();
  await server.close();
});

const call = (who: Who, method: Method, url: string, payload?: object) =>
  server.app.inject({
    method,
    url,
    headers: { host: 'localhost', 'sec-fetch-site': 'same-origin', ...who },
    ...(payload && { payload }),
  });

async function byLink(): Promise<Who> {
  const { url } = await server.access.link();
  const link = new URL(url).hash.replace('#link=', '');
  return cookieOf(await call({}, 'POST', '/api/session', { link }));
}
const cookieOf = ({ headers }: { headers: Record<string, unknown> }): Who => ({
  cookie: String(headers['set-cookie']).split(';')[0] ?? '',
});

const password = 'correct horse battery staple';
const admin = [{ role: 'admin' }];
const makeUser = (who: Who, name: string, bindings: object[] = admin) =>
  call(who, 'POST', '/api/users', { name, password, bindings });
const signIn = (user: string, secret = password, more: Who = {}) =>
  call(more, 'POST', '/api/session', { user, password: secret });
const signedIn = async (user: string) => cookieOf(await signIn(user));
const status = async (who: Who) => (await call(who, 'GET', '/api/session')).statusCode;

test('a printed link signs the local administrator in once, with a cookie no script can read', async () => {
  const { url } = await server.access.link();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:7575\/#link=[\w-]{43}$/);
  const link = url.split('=')[1] ?? '';
  const first = await call({}, 'POST', '/api/session', { link });
  expect(first.headers['set-cookie']).toMatch(
    /^lifeboat_test=[\w-]{43}; Expires=Mon, 30 Nov 2026 12:00:00 GMT; Path=\/; HttpOnly; SameSite=Strict$/,
  );
  expect((await call(cookieOf(first), 'GET', '/api/session')).json()).toMatchObject({
    user: 'local',
    by: 'link',
    expiresAt: '2026-11-24T00:00:00.000Z',
  });
  const second = await call({}, 'POST', '/api/session', { link });
  expect([second.statusCode, second.json().code]).toEqual([401, 'access.link_refused']);
});

test('a link is good for ten minutes and only on this machine', async () => {
  const { url } = await server.access.link();
  const link = url.split('=')[1] ?? '';
  const passedOn = await call({ 'x-forwarded-for': '192.0.2.9' }, 'POST', '/api/session', { link });
  expect(passedOn.statusCode).toBe(401);
  pass(10 * minute);
  expect((await call({}, 'POST', '/api/session', { link })).statusCode).toBe(401);
});

test('the session of a link is of no use from elsewhere', async () => {
  const local = await byLink();
  expect(await status({ ...local, 'x-forwarded-for': '192.0.2.9' })).toBe(401);
  expect(await status(local)).toBe(200);
});

test('a session ends after 12 idle hours, and after 7 days however busy', async () => {
  const idle = await byLink();
  pass(12 * hour - 1);
  expect(await status(idle)).toBe(200);
  pass(12 * hour);
  expect(await status(idle)).toBe(401);
  const busy = await byLink();
  for (let at = 0; at < 27; at += 1) {
    pass(day / 4);
    expect(await status(busy)).toBe(200);
  }
  pass(day / 4);
  expect(await status(busy)).toBe(401);
});

test('signing out ends the session at once', async () => {
  const local = await byLink();
  const left = await call(local, 'DELETE', '/api/session');
  expect([left.statusCode, left.headers['set-cookie']]).toEqual([
    204,
    expect.stringContaining('Max-Age=0'),
  ]);
  expect(await status(local)).toBe(401);
});

test('whoever may open the socket file is the local administrator, over TCP the same call is nobody', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lifeboat-access-'));
  const path = join(folder, 'server.sock');
  const socket = await server.listenOnSocket(path);
  const session: unknown = await new Promise((resolve, reject) => {
    const options = { socketPath: path, path: '/api/session', headers: { connection: 'close' } };
    const sent = httpRequest(options, (answer) => {
      text(answer).then((body) => resolve(JSON.parse(body)), reject);
    });
    sent.on('error', reject).end();
  });
  expect(session).toMatchObject({
    user: 'local',
    by: 'socket',
    expiresAt: null,
    bindings: [{ role: 'admin', extra: ['secrets:read', 'backups:export'] }],
  });
  expect(await status({})).toBe(401);
  await socket.close();
  await rm(folder, { recursive: true });
});

test.each([
  ['its password changes', { password: 'another long enough one' }],
  ['its rights change', { bindings: [{ role: 'viewer' }] }],
  ['it is disabled', { disabled: true }],
])('the sessions of an account end when %s', async (_, change) => {
  const local = await byLink();
  await makeUser(local, 'ada');
  const ada = await signedIn('ada');
  expect(await status(ada)).toBe(200);
  expect((await call(local, 'PATCH', '/api/users/ada', change)).statusCode).toBe(200);
  expect(await status(ada)).toBe(401);
});

test('a wrong password, an unknown name and a disabled account are answered alike', async () => {
  const local = await byLink();
  await makeUser(local, 'ada');
  await makeUser(local, 'bob');
  await call(local, 'PATCH', '/api/users/bob', { disabled: true });
  const wrong = await signIn('ada', 'wrong');
  const unknown = await signIn('nobody-here');
  const disabled = await signIn('bob');
  expect(wrong.json()).toMatchObject({ status: 401, code: 'access.sign_in_refused' });
  expect([unknown.body, disabled.body]).toEqual([wrong.body, wrong.body]);
});

test('five tries a minute for a name, real or not; then it waits, and a minute later it may', async () => {
  await makeUser(await byLink(), 'ada');
  for (const name of ['ada', 'made-up']) {
    const tries = await Promise.all(Array.from({ length: 12 }, () => signIn(name, 'wrong')));
    const codes = tries.map(({ statusCode }) => statusCode);
    expect(codes.filter((code) => code === 401)).toHaveLength(5);
    expect(tries.at(-1)?.headers['retry-after']).toBe('60');
    pass(2 * minute);
  }
  expect((await signIn('ada')).statusCode).toBe(200);
});

test('many names from one address are slowed down too', async () => {
  const codes = [];
  for (let at = 0; at < 21; at += 1) codes.push((await signIn(`user-${at}`)).statusCode);
  expect([codes[0], codes[19], codes[20]]).toEqual([401, 401, 429]);
});

test('what is typed as a name is not kept: it may be a password', async () => {
  await signIn('my secret password');
  const rows = await server.db.selectFrom('sign_in_failure').selectAll().execute();
  expect(JSON.stringify(rows)).not.toContain('secret');
});

test('an API token works until it is revoked or over, and is kept as a hash only', async () => {
  const local = await byLink();
  const made = (
    await call(local, 'POST', '/api/tokens', { name: 'ci', bindings: admin, days: 1 })
  ).json();
  expect(made.token).toMatch(/^lb_[\w-]{43}$/);
  const ci = { authorization: `Bearer ${made.token}` };
  expect((await call(ci, 'GET', '/api/session')).json()).toMatchObject({
    user: 'local',
    by: 'token',
  });
  const everything = JSON.stringify(await server.db.selectFrom('token').selectAll().execute());
  expect(everything).not.toContain(made.token.slice(3));
  const { items } = (await call(local, 'GET', '/api/tokens')).json();
  expect(items).toMatchObject([{ name: 'ci', lastUsedAt: '2026-11-23T12:00:00.000Z' }]);
  pass(hour * 11);
  expect(
    (await call(local, 'POST', '/api/tokens', { name: 'ci', bindings: admin })).statusCode,
  ).toBe(409);
  await call(local, 'DELETE', `/api/tokens/${made.id}`);
  expect(await status(ci)).toBe(401);
  expect((await call(local, 'DELETE', `/api/tokens/${made.id}`)).statusCode).toBe(404);
});

test('an expired token, a made-up one and another scheme open nothing, even beside a good session', async () => {
  const local = await byLink();
  const { token } = (
    await call(local, 'POST', '/api/tokens', { name: 'a', bindings: admin, days: 1 })
  ).json();
  for (const authorization of [`Bearer lb_${'x'.repeat(43)}`, 'Basic YTpi', token])
    expect(await status({ ...local, authorization })).toBe(401);
  pass(day);
  expect(await status({ authorization: `Bearer ${token}` })).toBe(401);
});

test('a token loses what its maker loses', async () => {
  const local = await byLink();
  await makeUser(local, 'ada');
  const ada = await signedIn('ada');
  const { token } = (
    await call(ada, 'POST', '/api/tokens', { name: 'ci', bindings: admin })
  ).json();
  const ci = { authorization: `Bearer ${token}` };
  expect((await call(ci, 'GET', '/api/users')).statusCode).toBe(200);
  await call(local, 'PATCH', '/api/users/ada', { bindings: [{ role: 'viewer' }] });
  expect((await call(ci, 'GET', '/api/users')).statusCode).toBe(403);
  await call(local, 'DELETE', '/api/users/ada');
  await makeUser(local, 'ada');
  expect(await status(ci)).toBe(401);
});

test('nobody gives, takes or takes over rights that they do not have', async () => {
  const local = await byLink();
  const more = [{ role: 'admin', extra: ['secrets:read'] }];
  await makeUser(local, 'ada');
  await makeUser(local, 'chief', more);
  const ada = await signedIn('ada');
  const tries = [
    await makeUser(ada, 'eve', more),
    await call(ada, 'POST', '/api/tokens', { name: 'x', bindings: more }),
    await call(ada, 'PATCH', '/api/users/ada', { bindings: more }),
    await call(ada, 'PATCH', '/api/users/chief', { password: 'now it is mine alone' }),
    await call(ada, 'DELETE', '/api/users/chief'),
    await call(ada, 'POST', '/api/session/link'),
  ];
  expect(tries.map((one) => one.json().code)).toEqual(tries.map(() => 'access.more_than_yours'));
  expect((await makeUser(ada, 'bob')).statusCode).toBe(201);
});

test('the last account that manages access stays, until another one does', async () => {
  const local = await byLink();
  await makeUser(local, 'ada');
  const ada = await signedIn('ada');
  for (const change of [{ disabled: true }, { bindings: [{ role: 'viewer' }] }]) {
    const refused = await call(ada, 'PATCH', '/api/users/ada', change);
    expect(refused.json().code).toBe('access.last_way_in');
  }
  expect((await call(ada, 'DELETE', '/api/users/ada')).json().code).toBe('access.last_way_in');
  await makeUser(ada, 'bob');
  expect((await call(ada, 'DELETE', '/api/users/ada')).statusCode).toBe(204);
});

test.each([
  ['a taken name', { name: 'ada', password }, 409, 'access.user_taken'],
  ['the name of the built-in administrator', { name: 'local', password }, 409, 'access.user_taken'],
  ['a short password', { name: 'bob', password: 'short' }, 400, 'request.invalid'],
  [
    'a password of one letter',
    { name: 'bob', password: 'a'.repeat(40) },
    422,
    'access.password_weak',
  ],
  [
    'the own name as password',
    { name: 'bob', password: 'bobbobbobbob12' },
    422,
    'access.password_weak',
  ],
  ['a name with a slash', { name: '../x', password }, 400, 'request.invalid'],
  [
    'a role that there is not',
    { name: 'bob', password, bindings: [{ role: 'root' }] },
    400,
    'request.invalid',
  ],
])('an account with %s is not made', async (_, body, code, problem) => {
  const local = await byLink();
  await makeUser(local, 'ada');
  const answer = await call(local, 'POST', '/api/users', { bindings: [], ...body });
  expect([answer.statusCode, answer.json().code]).toEqual([code, problem]);
});

test('a repeated call for a token does not keep the token to show it again', async () => {
  const local = { ...(await byLink()), 'idempotency-key': 'once' };
  const body = { name: 'ci', bindings: admin };
  const first = await call(local, 'POST', '/api/tokens', body);
  const again = await call(local, 'POST', '/api/tokens', body);
  expect([again.statusCode, again.json().code]).toEqual([409, 'request.shown_once']);
  const kept = JSON.stringify(await server.db.selectFrom('idempotency').selectAll().execute());
  expect(kept).not.toContain(first.json().token);
});

test('the trail names who signed in, who was refused and why, never a secret', async () => {
  const local = await byLink();
  await makeUser(local, 'ada', [{ role: 'viewer' }]);
  await signIn('ada', 'wrong');
  const ada = await signedIn('ada');
  await makeUser(ada, 'eve');
  const trail = await call(local, 'GET', auditApi.list.path);
  const lines = trail
    .json()
    .items.toReversed()
    .map(({ actor, action, outcome, code }: Record<string, string>) =>
      [actor, action, outcome, code].join(' ').trim(),
    );
  expect(lines).toEqual([
    'nobody POST /api/session intended',
    'local POST /api/session done',
    'local POST /api/users intended',
    'local POST /api/users done',
    'nobody POST /api/session intended',
    'nobody POST /api/session failed access.sign_in_refused',
    'nobody POST /api/session intended',
    'ada POST /api/session done',
    'ada POST /api/users refused access.permission_missing',
  ]);
  expect(trail.body).not.toContain(password);
  expect((await call(local, 'GET', '/api/audit/verify')).json()).toEqual({
    intact: true,
    entries: 9,
    brokenAt: null,
  });
});

test('pages of accounts follow each other, and a made-up cursor is refused', async () => {
  const local = await byLink();
  for (const name of ['ada', 'bob', 'eve']) await makeUser(local, name, []);
  const first = (await call(local, 'GET', '/api/users?limit=2')).json();
  const second = (await call(local, 'GET', `/api/users?limit=2&cursor=${first.next}`)).json();
  const names = [first, second].map(({ items }) => items.map((one: { name: string }) => one.name));
  expect([names, second.next]).toEqual([[['ada', 'bob'], ['eve']], null]);
  expect((await call(local, 'GET', '/api/users?cursor=abc')).statusCode).toBe(400);
});

const { signOut: _, ...staying } = sessionApi;
const mine = [staying, usersApi, tokensApi, auditApi].flatMap((one) => Object.values(one));
const odd = fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue());
const field = fc.constantFrom(
  'name',
  'password',
  'bindings',
  'days',
  'link',
  'user',
  'disabled',
  'x',
);
const anyBody = fc.oneof(fc.jsonValue(), fc.dictionary(field, odd));

test('whatever is sent, it is answered or refused in a sentence, and never breaks anything', async () => {
  const local = await byLink();
  const property = fc.asyncProperty(
    fc.constantFrom(...mine),
    fc.string({ unit: 'binary' }),
    anyBody,
    async ({ method, path }, text, body) => {
      const encoded = encodeURIComponent(text.toWellFormed())
        .slice(0, 600)
        .replace(/%[^%]{0,1}$/, '');
      const url = path.includes(':') ? path.replace(/:\w+/, encoded || 'x') : path;
      const query = method === 'GET' ? `?cursor=${encoded}&limit=${encoded}` : '';
      const answer = await server.app.inject({
        method,
        url: `${url}${query}`,
        headers: {
          host: 'localhost',
          'sec-fetch-site': 'same-origin',
          'content-type': 'application/json',
          ...local,
        },
        ...(method === 'GET' ? {} : { payload: JSON.stringify(body) }),
      });
      expect(answer.statusCode).toBeLessThan(500);
    },
  );
  await fc.assert(property, { numRuns: 300 });
  expect(await status(local)).toBe(200);
  expect(server.lines).toEqual([]);
});
