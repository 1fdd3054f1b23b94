import { mkdtemp, rm, stat } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sessionApi } from '#shared/access/access.contract.ts';
import { healthApi } from '#shared/health/health.contract.ts';
import { testApp } from '../../testing/app.ts';
import type { HttpOptions } from './http.ts';

const start = (http: Partial<HttpOptions> = {}) =>
  testApp({
    person: { may: ['session:use'] },
    http,
    register: ({ handle }) => {
      handle(healthApi.live, async () => ({ live: true }) as const);
      handle(sessionApi.signOut, async () => {});
      handle(sessionApi.link, async () => ({ url: 'x', expiresAt: 'x' }));
    },
  });
const live = '/api/health/live';
const cookie = 'lifeboat_test=abc';
const leave = (headers: Record<string, string>) =>
  ({
    method: 'DELETE',
    url: '/api/session',
    headers: { host: 'localhost:7575', ...headers },
  }) as const;

test('every answer carries the headers that keep a browser strict', async () => {
  const { app } = await start();
  const { headers } = await app.inject(live);
  const { 'content-security-policy': csp, ...rest } = headers;
  expect(String(csp).replace(/nonce-\w+/g, 'nonce-N')).toBe(
    [
      "default-src 'none'",
      "script-src 'self' 'nonce-N'",
      "style-src 'self' 'nonce-N'",
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'self'",
      "manifest-src 'self'",
      "worker-src 'self'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join(';'),
  );
  expect(rest).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'x-frame-options': 'DENY',
  });
  expect(rest).not.toHaveProperty('strict-transport-security');
  expect(rest).not.toHaveProperty('access-control-allow-origin');
  const secure = await (await start({ secure: true })).app.inject(live);
  expect(secure.headers['strict-transport-security']).toMatch(/^max-age=63072000/);
});

test.each([
  ['localhost', 200],
  ['localhost:7575', 200],
  ['127.0.0.1:9', 200],
  ['[::1]:7575', 200],
  ['backup.example.org', 200],
  ['evil.example.org', 421],
  ['localhost.evil.example.org', 421],
  ['localhost@evil', 421],
  ['169.254.169.254', 421],
])('a call to the host %s is answered with %i', async (host, status) => {
  const { app } = await start({ allowedHosts: ['backup.example.org'] });
  expect((await app.inject({ url: live, headers: { host } })).statusCode).toBe(status);
});

test.each([
  [
    'our own page',
    { cookie, origin: 'http://localhost:7575', 'sec-fetch-site': 'same-origin' },
    204,
  ],
  ['our own page in an old browser', { cookie, origin: 'http://localhost:7575' }, 204],
  ['a program with a token', {}, 204],
  ['another site', { cookie, origin: 'https://evil.example.org' }, 403],
  ['another port of this machine', { cookie, origin: 'http://localhost:9999' }, 403],
  ['a sandboxed frame', { cookie, origin: 'null' }, 403],
  ['another site, as the browser says', { cookie, 'sec-fetch-site': 'cross-site' }, 403],
  [
    'a sister site',
    { cookie, origin: 'http://localhost:7575', 'sec-fetch-site': 'same-site' },
    403,
  ],
  ['who has a session but does not say where they are', { cookie }, 403],
])('a change asked for by %s', async (_, headers, status) => {
  const { app } = await start();
  expect((await app.inject(leave(headers as Record<string, string>))).statusCode).toBe(status);
});

test.each([
  ['an address that is not there', { url: '/api/nothing' }, 404, 'request.address_unknown'],
  ['another method', { method: 'PATCH', url: live }, 404, 'request.address_unknown'],
  ['broken JSON', { body: '{', type: 'application/json' }, 400, 'request.malformed'],
  [
    'a poisoned prototype',
    { body: '{"__proto__":{}}', type: 'application/json' },
    400,
    'request.malformed',
  ],
  ['a form', { body: 'a=b', type: 'application/x-www-form-urlencoded' }, 415, 'request.not_json'],
  ['JSON as plain text', { body: '{}', type: 'text/plain' }, 415, 'request.not_json'],
  [
    'a body of 3 MB',
    { body: JSON.stringify('x'.repeat(3e6)), type: 'application/json' },
    413,
    'request.too_large',
  ],
  ['a damaged address', { url: '/api/%ff' }, 400, 'request.malformed'],
] as const)('%s is refused in our words', async (_, given, status, code) => {
  const { app, lines } = await start();
  const sent = {
    url: '/api/session/link',
    method: 'POST',
    body: undefined,
    type: undefined,
    ...given,
  } as const;
  const answer = await app.inject({
    method: 'url' in given && !('method' in given) ? 'GET' : sent.method,
    url: sent.url,
    ...(sent.body === undefined
      ? {}
      : { payload: sent.body, headers: { 'content-type': sent.type } }),
  });
  expect(answer.statusCode).toBe(status);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(answer.json()).toEqual({
    code,
    status,
    title: expect.any(String),
    detail: expect.stringContaining('Nothing was changed'),
  });
  expect(lines).toEqual([]);
});

test('who calls too often is told when to come back', async () => {
  const { app } = await start({ callsPerMinute: 3 });
  const answers = await Promise.all(Array.from({ length: 4 }, () => app.inject(live)));
  const refused = answers.find(({ statusCode }) => statusCode === 429);
  expect(refused?.json().code).toBe('request.too_many');
  expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
});

test('a forwarded address counts only from a trusted proxy', async () => {
  const calls = async (http: Partial<HttpOptions>) => {
    const { app } = await start({ callsPerMinute: 2, ...http });
    const from = (address: string) =>
      app.inject({ url: live, headers: { 'x-forwarded-for': address } });
    const codes = [];
    for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.3'])
      codes.push((await from(address)).statusCode);
    return codes;
  };
  expect(await calls({})).toEqual([200, 200, 429]);
  expect(await calls({ trustedProxies: ['127.0.0.1'] })).toEqual([200, 200, 200]);
});

test('the socket file answers too, only for its owner, and takes over a file left behind', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lifeboat-socket-'));
  const path = join(folder, 'server.sock');
  const { listenOnSocket, end } = await start();
  const socket = await listenOnSocket(path);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await statusBySocket(path)).toBe(200);
  await expect(listenOnSocket(path)).rejects.toMatchObject({
    problem: { code: 'server.socket_taken' },
  });
  await socket.close();
  const again = await listenOnSocket(path);
  await again.close();
  await expect(listenOnSocket(join(folder, 'x'.repeat(120)))).rejects.toMatchObject({
    problem: { code: 'server.socket_path_too_long' },
  });
  await end();
  await rm(folder, { recursive: true });
});

function statusBySocket(socketPath: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const call = httpRequest(
      { socketPath, path: live, headers: { connection: 'close' } },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      },
    );
    call.on('error', reject).end();
  });
}
