import { afterEach, expect, test } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from './sandbox.ts';

let running: Sandbox | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function start(options: SandboxOptions = {}) {
  const sandbox = await startSandbox({ estate: 'empty', ...options });
  running = sandbox;
  const ask = (path: string, init: { method?: string; body?: string } = {}) =>
    fetch(sandbox.server + path, {
      ...init,
      headers: {
        authorization: `Bearer ${sandbox.token}`,
        'content-type': 'application/json',
      },
    });
  const read = async (path: string, init?: { method?: string; body?: string }) => {
    const response = await ask(path, init);
    return { status: response.status, body: (await response.json()) as Record<string, never> };
  };
  const create = (path: string, body: unknown) =>
    read(path, { method: 'POST', body: JSON.stringify(body) });
  return { sandbox, ask, read, create };
}

const configMaps = '/api/v1/namespaces/default/configmaps';
const names = (body: { items?: { metadata: { name: string } }[] }) =>
  (body.items ?? []).map(({ metadata }) => metadata.name);

async function fillWith(create: Awaited<ReturnType<typeof start>>['create'], count: number) {
  for (let index = 0; index < count; index += 1) {
    await create(configMaps, {
      metadata: { name: `c-${index}`, labels: { even: String(index % 2 === 0) } },
    });
  }
}

test('Without its token nobody gets in.', async () => {
  const { sandbox } = await start();
  for (const authorization of ['', 'Bearer wrong', 'Basic YTpi']) {
    const response = await fetch(`${sandbox.server}/api/v1/pods`, { headers: { authorization } });
    expect(response.status).toBe(401);
  }
});

test('The demo estate holds a believable company, the same for the same seed.', async () => {
  const text = async () => {
    const { ask, sandbox } = await start({
      estate: 'demo',
      seed: 3,
      clock: () => Temporal.Instant.from('2026-11-01T00:00:00Z'),
    });
    expect(sandbox.store.size()).toBeGreaterThan(1450);
    const body = await (await ask('/api/v1/secrets')).text();
    await sandbox.close();
    running = undefined;
    return body;
  };
  expect(await text()).toBe(await text());
});

test('Pages show the state of the first page, whatever changes meanwhile.', async () => {
  const { create, read } = await start();
  await fillWith(create, 5);
  const first = await read(`${configMaps}?limit=2`);
  await read(`${configMaps}/c-3`, { method: 'DELETE' });
  await create(configMaps, { metadata: { name: 'c-31' } });
  const { metadata } = first.body as unknown as {
    metadata: { continue: string; remainingItemCount: number };
  };
  expect(metadata.remainingItemCount).toBe(3);
  const rest = await read(`${configMaps}?limit=500&continue=${metadata.continue}`);
  expect(names(rest.body)).toEqual(['c-2', 'c-3', 'c-4']);
});

test('An expired continue token answers 410 with a token to go on with.', async () => {
  const { create, read, sandbox } = await start();
  await fillWith(create, 3);
  const first = await read(`${configMaps}?limit=1`);
  const { metadata } = first.body as unknown as { metadata: { continue: string } };
  sandbox.faults.expireContinueTokens();
  const refused = await read(`${configMaps}?limit=1&continue=${metadata.continue}`);
  expect(refused).toMatchObject({ status: 410, body: { reason: 'Expired' } });
  const anew = await read(`${configMaps}?limit=1`);
  const { metadata: valid } = anew.body as unknown as { metadata: { continue: string } };
  expect((await read(`${configMaps}?continue=${valid.continue}`)).status).toBe(200);
  const { metadata: given } = refused.body as unknown as { metadata: { continue: string } };
  expect(names((await read(`${configMaps}?continue=${given.continue}`)).body)).toEqual([
    'c-1',
    'c-2',
  ]);
});

const selections: [string, string[]][] = [
  ['labelSelector=even%3Dtrue', ['c-0', 'c-2']],
  ['labelSelector=even%21%3Dtrue', ['c-1', 'c-3']],
  ['labelSelector=even+in+(true,false),even', ['c-0', 'c-1', 'c-2', 'c-3']],
  ['labelSelector=!even', []],
  ['fieldSelector=metadata.name%3Dc-2', ['c-2']],
  ['fieldSelector=metadata.namespace%3Dother', []],
];
test.each(selections)('%s selects %j.', async (query, expected) => {
  const { create, read } = await start();
  await fillWith(create, 4);
  expect(names((await read(`${configMaps}?${query}`)).body)).toEqual(expected);
});

test('Integers beyond 2^53 and HTML come back byte for byte, printed as Go does.', async () => {
  const { ask } = await start({ estate: 'demo' });
  const account = await (
    await ask('/apis/ledger.example.com/v1beta1/namespaces/payments/accounts/account-1000')
  ).text();
  expect(account).toContain('"cents":9007199254740993');
  expect(account).toContain('"apiVersion":"ledger.example.com/v1beta1"');
  const banner = await (await ask('/api/v1/namespaces/shop-staging/configmaps/banner')).text();
  expect(banner).toContain('\\u003cscript\\u003e');
});

async function watched(ask: (path: string) => Promise<Response>, query: string): Promise<string[]> {
  const response = await ask(`${configMaps}?watch=1&timeoutSeconds=1&${query}`);
  const text = await response.text();
  return text
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const event = JSON.parse(line) as {
        type: string;
        object: { metadata: { name?: string }; code?: number };
      };
      return `${event.type} ${event.object.metadata.name ?? event.object.code ?? ''}`.trim();
    });
}

test('A watch resumes after the version it is given, and says 410 when that is forgotten.', async () => {
  const { create, read, ask, sandbox } = await start();
  const { body } = await create(configMaps, { metadata: { name: 'a' } });
  const { metadata } = body as unknown as { metadata: { resourceVersion: string } };
  await create(configMaps, { metadata: { name: 'b' } });
  await read(`${configMaps}/b`, { method: 'DELETE' });
  expect(await watched(ask, `resourceVersion=${metadata.resourceVersion}`)).toEqual([
    'ADDED b',
    'DELETED b',
  ]);
  sandbox.faults.compact();
  expect(await watched(ask, `resourceVersion=${metadata.resourceVersion}`)).toEqual(['ERROR 410']);
});

test('Bookmarks come on time and end the initial events.', async () => {
  const { ask, create } = await start({ bookmarkMs: 300 });
  await create(configMaps, { metadata: { name: 'a' } });
  const seen = await watched(
    ask,
    'allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan',
  );
  expect(seen.filter((one) => one === 'ADDED a')).toHaveLength(1);
  expect(seen.filter((one) => one === 'BOOKMARK').length).toBeGreaterThanOrEqual(3);
});

test('A deleted namespace goes with everything in it.', async () => {
  const { read } = await start({ estate: 'demo' });
  await read('/api/v1/namespaces/shop', { method: 'DELETE' });
  await expect.poll(async () => (await read('/api/v1/namespaces/shop')).status).toBe(404);
  expect(names((await read('/api/v1/namespaces/shop/secrets')).body)).toEqual([]);
});

test('A Deployment gets Pods, and takes them along when it goes.', async () => {
  const { create, read } = await start();
  const template = {
    metadata: { labels: { a: 'b' } },
    spec: { containers: [{ name: 'c', image: 'i' }] },
  };
  const spec = { replicas: 2, selector: { matchLabels: { a: 'b' } }, template };
  await create('/apis/apps/v1/namespaces/default/deployments', { metadata: { name: 'web' }, spec });
  const pods = async () => names((await read('/api/v1/namespaces/default/pods')).body).length;
  await expect.poll(pods).toBe(2);
  await read('/apis/apps/v1/namespaces/default/deployments/web', { method: 'DELETE' });
  await expect.poll(pods).toBe(0);
});

test('Many objects are there at once and are listed completely.', async () => {
  const { read, sandbox } = await start({ estate: { objects: 2000 } });
  expect(sandbox.store.size()).toBeGreaterThan(2000);
  expect(names((await read('/apis/apps/v1/deployments')).body)).toHaveLength(500);
});
