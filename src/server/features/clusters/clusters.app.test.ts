import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Cluster } from '#shared/clusters/clusters.contract.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/sandbox.ts';
import { type Lifeboat, newData, startLifeboat } from '../../testing/lifeboat.ts';

let place: Awaited<ReturnType<typeof newData>>;
let lifeboat: Lifeboat;
let other: Sandbox;

beforeAll(async () => {
  place = await newData();
  lifeboat = await startLifeboat(place.data);
  other = await startSandbox();
}, 30_000);
afterAll(async () => {
  await lifeboat.stop();
  await other.close();
  await place.remove();
});

const kubeconfig = (server: string, user: object) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'Other@Place',
    clusters: [{ name: 'c', cluster: { server } }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'Other@Place', context: { cluster: 'c', user: 'u' } }],
  });

const add = (text: string, name?: string) =>
  lifeboat.call<Cluster & { code: string }>('POST', '/api/clusters', {
    body: { kubeconfig: text, ...(name ? { name } : {}) },
  });

test('a cluster that was added is there with its id, also after a restart, and goes again', async () => {
  const added = await add(kubeconfig(other.server, { token: other.token }));
  expect([added.status, added.body.id, added.body.state, added.body.problem]).toEqual([
    201,
    'other-place',
    'available',
    null,
  ]);
  const body = { namespaces: ['default'] };
  const refused = await lifeboat.call<{ code: string }>(
    'POST',
    '/api/clusters/other-place/backups',
    {
      body,
    },
  );
  expect(refused.status).toBe(202);
  await lifeboat.over(refused.body as never);
  await lifeboat.stop();
  lifeboat = await startLifeboat(place.data);
  const again = await lifeboat.call<Cluster>('GET', '/api/clusters/other-place');
  expect([again.body.uid, again.body.state]).toEqual([added.body.uid, 'available']);
  expect((await lifeboat.call('DELETE', '/api/clusters/other-place')).status).toBe(204);
  expect((await lifeboat.call('GET', '/api/clusters/other-place')).status).toBe(404);
  const kept = await lifeboat.call<{ total: number }>('GET', '/api/clusters/other-place/backups');
  expect(kept.body.total).toBe(1);
}, 20_000);

test('another cluster behind the same name stops backups until somebody says it is the same', async () => {
  const rebuilt = await startSandbox({ seed: 99 });
  const first = await add(kubeconfig(other.server, { token: other.token }), 'moved');
  await lifeboat.call('DELETE', '/api/clusters/moved');
  const second = await add(kubeconfig(rebuilt.server, { token: rebuilt.token }), 'moved');
  expect([second.body.id, second.body.identityChanged]).toEqual([
    'moved',
    first.body.uid !== second.body.uid,
  ]);
  expect(second.body.identityChanged).toBe(true);
  const stopped = await lifeboat.call<{ code: string }>('POST', '/api/clusters/moved/backups', {
    body: {},
  });
  expect([stopped.status, stopped.body.code]).toEqual([409, 'clusters.identity_changed']);
  const url = '/api/clusters/moved/identity';
  const wrong = await lifeboat.call('POST', url, { body: { uid: String(first.body.uid) } });
  expect(wrong.status).toBe(409);
  await lifeboat.call('POST', url, { body: { uid: second.body.uid } });
  const goes = await lifeboat.call<never>('POST', '/api/clusters/moved/backups', { body: {} });
  expect(goes.status).toBe(202);
  await lifeboat.over(goes.body);
  await rebuilt.close();
}, 20_000);

test.each([
  ['an exec plugin', { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'x' } }],
  ['a path of a token', { tokenFile: '/etc/passwd' }],
  ['a path of a key', { 'client-key': '/etc/passwd' }],
])('a kubeconfig with %s is refused and nothing is added', async (_, user) => {
  const before = await lifeboat.call<{ items: [] }>('GET', '/api/clusters');
  const answer = await add(kubeconfig(other.server, user), 'refused');
  expect(answer.status).toBe(422);
  const after = await lifeboat.call<{ items: [] }>('GET', '/api/clusters');
  expect(after.body.items.length).toBe(before.body.items.length);
});

test.each([
  ['nobody answers', () => 'http://127.0.0.1:1', 'x', /Check that the cluster runs/],
  ['credentials have expired', () => other.server, 'expired', /refused the credentials/],
])(
  'when %s the cluster is unavailable and says what to do',
  async (name, server, token, sentence) => {
    const { status, body } = await add(kubeconfig(server(), { token }), name);
    expect([status, body.state]).toEqual([201, 'unavailable']);
    expect(body.problem).toMatch(sentence);
    const answer = await lifeboat.call<{ code: string }>(
      'POST',
      `/api/clusters/${body.id}/backups`,
      {
        body: {},
      },
    );
    expect([answer.status, answer.body.code]).toEqual([503, 'clusters.unavailable']);
  },
  30_000,
);

test('what another service says at the address of a cluster is not repeated', async () => {
  const service = createServer((_, response) => response.writeHead(500).end('marker-from-inside'));
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void service.close());
  const { port } = service.address() as AddressInfo;
  const added = await add(kubeconfig(`http://127.0.0.1:${port}`, { token: 'x' }), 'service');
  expect(added.body.state).toBe('unavailable');
  expect(added.text).not.toContain('marker');
}, 15_000);

test.each(['http://169.254.169.254/latest/meta-data', 'https://[fd00:ec2::254]'])(
  '%s cannot be added as a cluster',
  async (server) => {
    const refused = await add(kubeconfig(server, { token: 'x' }), 'metadata');
    expect([refused.status, refused.body.code]).toEqual([422, 'clusters.link_local']);
    expect((await lifeboat.call('GET', '/api/clusters/metadata')).status).toBe(404);
  },
);

test('a person bound to another cluster sees none of the others', async () => {
  const token = await lifeboat.tokenFor({ cluster: 'elsewhere' });
  const { body } = await lifeboat.call<{ items: [] }>('GET', '/api/clusters', { token });
  expect(body.items).toEqual([]);
  expect((await lifeboat.call('GET', '/api/clusters/sandbox', { token })).status).toBe(403);
});

test('the token of an added cluster is in no answer and not in the database', async () => {
  await add(kubeconfig(other.server, { token: 'token-to-look-for' }), 'sealed');
  const list = await lifeboat.call('GET', '/api/clusters');
  const rows = await lifeboat.app.features.clusters.all();
  expect(list.text + JSON.stringify(rows)).not.toContain('token-to-look-for');
}, 15_000);

test('the cluster that was given at start is not removed by a call', async () => {
  const answer = await lifeboat.call<{ code: string }>('DELETE', '/api/clusters/sandbox');
  expect([answer.status, answer.body.code]).toEqual([409, 'clusters.given_at_start']);
});
