import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { createKubernetesClient } from '../kubernetes/client.ts';
import type { ApiResource, KubernetesClient } from '../kubernetes/client.types.ts';

let sandbox: Sandbox;
let client: KubernetesClient;
beforeEach(async () => {
  sandbox = await startSandbox({ estate: 'demo' });
  const credentials = () => ({ token: sandbox.token });
  client = createKubernetesClient({
    server: sandbox.server,
    source: async () => ({ server: sandbox.server, credentials: credentials() }),
  });
});
afterEach(async () => {
  await client.close();
  await sandbox.close();
});

async function find(plural: string): Promise<ApiResource> {
  const { resources } = await client.discover();
  const found = resources.find((one) => one.plural === plural);
  if (!found) throw new Error(`${plural} is not served`);
  return found;
}

test('The client finds every kind of the sandbox and names the group that is broken.', async () => {
  sandbox.faults.breakGroup('metrics.k8s.io', { stale: true });
  const { resources, broken } = await client.discover();
  expect(resources.map(({ plural }) => plural)).toEqual(
    expect.arrayContaining(['configmaps', 'deployments', 'accounts', 'certificates']),
  );
  expect(broken.map(({ group }) => group)).toEqual(['metrics.k8s.io']);
});

test('The client reads all pages, through a 429 and an expired token.', async () => {
  const secrets = await find('secrets');
  sandbox.faults.add({
    path: 'secrets',
    times: 1,
    fault: { do: 'status', status: 429, retryAfter: 0 },
  });
  sandbox.faults.expireToken();
  const { body } = await client.list(secrets, {});
  const { items } = JSON.parse(body.toString()) as { items: unknown[] };
  expect(items).toHaveLength(sandbox.store.bucket('secrets').size());
});

test('The client watches changes as they come.', async () => {
  const resource = await find('configmaps');
  const stop = new AbortController();
  const seen: string[] = [];
  const watching = client.watch(resource, {
    namespace: 'shop',
    signal: stop.signal,
    onEvent: (event) => seen.push(event.type === 'SYNCED' ? 'SYNCED' : event.object.metadata.name),
  });
  await expect.poll(() => seen.includes('SYNCED')).toBe(true);
  await client.create({ resource, namespace: 'shop' }, '{"metadata":{"name":"fresh"}}');
  await expect.poll(() => seen.includes('fresh')).toBe(true);
  stop.abort();
  await watching;
});
