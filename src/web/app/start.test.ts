import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { call } from '../lib/call.ts';
import { startPage } from './start.ts';

const session = {
  user: 'admin',
  by: 'link',
  bindings: [],
  expiresAt: '2026-11-24T12:00:00Z',
};
const cluster = {
  id: 'sandbox',
  name: 'sandbox',
  source: 'sandbox',
  server: null,
  state: 'available',
  problem: null,
  version: 'v1.34.4',
  uid: 'u',
  identityChanged: false,
  isDefault: true,
  addedAt: '2026-11-23T10:00:00Z',
};
const backup = {
  id: 'manual-20261123114800',
  cluster: 'sandbox',
  engine: 'embedded',
  state: 'partial',
  type: 'incremental',
  startedAt: '2026-11-23T11:48:00Z',
  completedAt: '2026-11-23T11:48:02Z',
  expiresAt: null,
  namespaces: null,
  objects: 1482,
  bytes: 2 ** 21,
  kindsNotRead: 1,
  volumesNotBackedUp: 2,
  pin: null,
  verifiedAt: null,
};
const signInNeeded = {
  code: 'session.needed',
  status: 401,
  title: 'You are not signed in.',
  detail: 'Sign in first.',
};

type Answers = Record<string, { status?: number; body?: unknown }>;
const asked: string[] = [];

/** Stands for the server: the path with its method → the answer. */
function serve(answers: Answers): void {
  vi.stubGlobal('fetch', async (path: string, { method, body }: RequestInit) => {
    asked.push(`${method} ${path}${typeof body === 'string' ? ` ${body}` : ''}`);
    const answer = answers[`${method} ${path.replace(/\?.*/, '')}`];
    if (answer === undefined) throw new TypeError('fetch failed');
    const { status = 200, body: content } = answer;
    return status === 204 ? new Response(null, { status }) : Response.json(content, { status });
  });
}

const signedIn: Answers = {
  'POST /api/session': { body: session },
  'GET /api/session': { body: session },
  'DELETE /api/session': { status: 204 },
  'GET /api/clusters': { body: { items: [cluster], next: null } },
  'GET /api/clusters/sandbox/backups': {
    body: { items: [backup], next: null, total: 1, facets: { state: [], type: [], namespace: [] } },
  },
  'GET /api/clusters/sandbox/runs': { body: { items: [], next: null } },
};

const start = () => startPage({ call, window, now: () => Date.parse('2026-11-23T12:00:00Z') });
const text = () => document.querySelector('#page')?.textContent ?? '';

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  document.body.innerHTML =
    '<div id="person"></div><main id="page" tabindex="-1"></main><p id="said"></p>';
  window.history.replaceState(null, '', '/');
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('the printed link signs in, and its token leaves the address', async () => {
  serve(signedIn);
  window.history.replaceState(null, '', '/#link=abcdefghijklmnop');
  await start();
  expect(asked[0]).toBe('POST /api/session {"link":"abcdefghijklmnop"}');
  expect(window.location.href).not.toContain('link');
  expect(document.querySelector('#person')?.textContent).toContain('admin');
});

test('the first line says how old the newest backup is, and the list what it lacks', async () => {
  serve(signedIn);
  await start();
  expect(document.querySelector('h1')?.textContent).toBe(
    'The oldest of the newest backups was made 12 min ago',
  );
  expect(text()).toContain(
    '1,482 objects, 2.0 MiB of the whole cluster · 1 kind not backed up · data of 2 volumes not backed up',
  );
  expect(text()).toContain('A made-up cluster to try things out');
  expect(text()).toContain('npm run -s lifeboat -- backups create --wait');
});

test('without a session it says how to get in', async () => {
  serve({ 'GET /api/session': { status: 401, body: signInNeeded } });
  await start();
  expect(document.querySelector('h1')?.textContent).toBe('Sign in');
  expect(text()).toContain('sessions link');
});

test('a used link shows the sentences of the server', async () => {
  const problem = { ...signInNeeded, title: 'This link was used.', detail: 'Print another one.' };
  serve({ 'POST /api/session': { status: 401, body: problem } });
  window.history.replaceState(null, '', '/#link=abcdefghijklmnop');
  await start();
  expect(document.querySelector('[role=alert]')?.textContent).toBe(
    'This link was used. Print another one.',
  );
});

test('an account signs in by name and password', async () => {
  serve({ ...signedIn, 'GET /api/session': { status: 401, body: signInNeeded } });
  await start();
  const [user, password] = document.querySelectorAll('input');
  if (!user || !password) throw new Error('the form has no fields');
  user.value = 'ann';
  password.value = 'correct horse battery';
  document.querySelector('form')?.requestSubmit();
  await vi.waitFor(() => expect(text()).toContain('Clusters'));
  expect(asked).toContain('POST /api/session {"user":"ann","password":"correct horse battery"}');
});

test('a cluster that cannot be read is unknown, never empty', async () => {
  const { 'GET /api/clusters/sandbox/runs': _, ...rest } = signedIn;
  serve(rest);
  await start();
  expect(document.querySelector('h1')?.textContent).toBe(
    'It is unknown how old the backups of sandbox are',
  );
});

test('names of the cluster are shown as text', async () => {
  const hostile = { ...cluster, problem: '<img src=x onerror=alert(1)>' };
  serve({ ...signedIn, 'GET /api/clusters': { body: { items: [hostile], next: null } } });
  await start();
  expect(text()).toContain('<img src=x');
  expect(document.querySelector('main img')).toBeNull();
});

test('a server that is gone leaves what was shown, and says since when it is old', async () => {
  serve(signedIn);
  await start();
  serve({});
  await vi.advanceTimersByTimeAsync(5000);
  expect(text()).toContain('Not up to date since');
  expect(text()).toContain('1,482 objects');
  serve(signedIn);
  await vi.advanceTimersByTimeAsync(5000);
  expect(text()).not.toContain('Not up to date since');
});

test('a session that ends leads back to signing in', async () => {
  serve(signedIn);
  await start();
  serve({ 'GET /api/clusters': { status: 401, body: signInNeeded } });
  await vi.advanceTimersByTimeAsync(5000);
  expect(text()).toContain('Your session has ended.');
});

test('signing out ends the session on the server too', async () => {
  serve(signedIn);
  await start();
  document.querySelector<HTMLButtonElement>('#person button')?.click();
  await vi.waitFor(() => expect(document.querySelector('h1')?.textContent).toBe('Sign in'));
  expect(asked).toContain('DELETE /api/session');
});
