import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../sandbox.ts';
import type { Fault } from './faults.types.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ estate: 'demo' });
});
afterEach(() => sandbox.close());

const secrets = '/api/v1/secrets';
const ask = (path: string) =>
  fetch(sandbox.server + path, { headers: { authorization: `Bearer ${sandbox.token}` } });

test.each([429, 500, 503, 403, 401, 410])(
  'A rule answers %i once, then the server is itself again.',
  async (status) => {
    sandbox.faults.add({ path: secrets, times: 1, fault: { do: 'status', status, retryAfter: 2 } });
    const response = await ask(secrets);
    expect([response.status, response.headers.get('retry-after')]).toEqual([status, '2']);
    expect((await ask(secrets)).status).toBe(200);
    expect(sandbox.faults.hits()).toBe(1);
  },
);

test('Retry-After can be a date.', async () => {
  sandbox.faults.add({ path: secrets, fault: { do: 'status', status: 429, retryAfter: 'date' } });
  expect((await ask(secrets)).headers.get('retry-after')).toMatch(/GMT$/);
});

const cuts: Fault[] = [
  { do: 'reset', when: 'before' },
  { do: 'reset', when: 'middle' },
];
test.each(cuts)('A connection is cut: %j.', async (fault) => {
  sandbox.faults.add({ path: secrets, fault });
  await expect(ask(secrets).then((response) => response.text())).rejects.toThrow(/./);
});

const spoiled: Fault[] = [{ do: 'truncate' }, { do: 'html' }];
test.each(spoiled)('A body is no JSON: %j.', async (fault) => {
  sandbox.faults.add({ path: secrets, fault });
  const response = await ask(secrets);
  expect(response.status).toBe(200);
  await expect(response.json()).rejects.toThrow(SyntaxError);
});

test('A body is not UTF-8.', async () => {
  sandbox.faults.add({ path: secrets, fault: { do: 'invalid-utf8' } });
  const bytes = await (await ask(secrets)).arrayBuffer();
  expect(() => new TextDecoder('utf8', { fatal: true }).decode(bytes)).toThrow(TypeError);
});

test('An answer is late, or dribbles, and is whole.', async () => {
  sandbox.faults.add({ path: 'readyz', times: 1, fault: { do: 'stall', ms: 50 } });
  sandbox.faults.add({ path: 'readyz', fault: { do: 'slow', bytes: 1 } });
  expect(await (await ask('/readyz')).text()).toBe('ok');
  expect(await (await ask('/readyz')).text()).toBe('ok');
});

const events = async () => {
  const response = await ask('/api/v1/nodes?watch=1&timeoutSeconds=1');
  return (await response.text()).trim().split('\n').filter(Boolean);
};

test('Watches fall silent, repeat themselves or break.', async () => {
  const add = (fault: Fault) => sandbox.faults.add({ path: 'nodes', watch: true, times: 1, fault });
  add({ do: 'half-open' });
  expect(await events()).toEqual([]);
  add({ do: 'duplicate-events' });
  expect(await events()).toHaveLength(12);
  add({ do: 'error-event', code: 500 });
  expect(await events()).toEqual([expect.stringContaining('"type":"ERROR"')]);
});

test('An expired token is refused until the new one is used.', async () => {
  const old = sandbox.token;
  const fresh = sandbox.faults.expireToken();
  const refused = await fetch(`${sandbox.server}/version`, {
    headers: { authorization: `Bearer ${old}` },
  });
  expect(refused.status).toBe(401);
  expect(sandbox.kubeconfig).toContain(fresh);
  expect((await ask('/version')).status).toBe(200);
});

test('A broken aggregated API is announced and does not answer, until it is mended.', async () => {
  sandbox.faults.breakGroup('metrics.k8s.io');
  expect(await (await ask('/apis')).text()).toContain('metrics.k8s.io');
  expect((await ask('/apis/metrics.k8s.io/v1beta1')).status).toBe(503);
  expect((await ask('/apis/metrics.k8s.io/v1beta1/pods')).status).toBe(503);
  sandbox.faults.clear();
  expect((await ask('/apis/metrics.k8s.io/v1beta1')).status).toBe(404);
});

test('A CRD is deleted between two pages.', async () => {
  sandbox.faults.deleteDefinitionWhileListing('accounts.ledger.example.com');
  const path = '/apis/ledger.example.com/v1/accounts?limit=10';
  const first = (await (await ask(path)).json()) as { metadata: { continue: string } };
  await expect
    .poll(async () => (await ask(`${path}&continue=${first.metadata.continue}`)).status)
    .toBe(404);
});

test('Objects change between two pages, and the pages still agree.', async () => {
  sandbox.faults.mutateWhileListing('secrets');
  const seen = new Set<string>();
  const total = sandbox.store.bucket('secrets').size();
  let next = '';
  do {
    const page = (await (await ask(`${secrets}?limit=20&continue=${next}`)).json()) as {
      metadata: { continue?: string };
      items: { metadata: { uid: string } }[];
    };
    for (const { metadata } of page.items) seen.add(metadata.uid);
    next = page.metadata.continue ?? '';
  } while (next);
  expect(seen.size).toBe(total);
});

test('Forbidden kinds answer 403 in the words of the API server.', async () => {
  sandbox.faults.forbid(['secrets'], ['list']);
  const response = await ask('/api/v1/namespaces/shop/secrets');
  expect(response.status).toBe(403);
  expect(await response.text()).toContain(
    'User \\"sandbox-admin\\" cannot list resource \\"secrets\\" in API group \\"\\" in the namespace \\"shop\\"',
  );
});

test('The clock of the server can be wrong.', async () => {
  sandbox.faults.skewClock(-3_600_000);
  const date = Date.parse((await ask('/version')).headers.get('date') ?? '');
  expect(Math.abs(Date.now() - 3_600_000 - date)).toBeLessThan(5000);
});
