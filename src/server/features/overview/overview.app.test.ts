import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConnectionTest } from '#shared/clusters/clusters.contract.ts';
import type { CoverageItem } from '#shared/coverage/coverage.contract.ts';
import type { Health } from '#shared/health/health.contract.ts';
import { headline } from '#shared/overview/answer.models.ts';
import type { Changes, Overview } from '#shared/overview/overview.contract.ts';
import type { Run } from '#shared/runs/runs.contract.ts';
import { type Lifeboat, newData, startLifeboat } from '../../testing/lifeboat.ts';
import { configMaps, namespaces, plantIn } from '../../testing/planting.ts';

type Page = { items: CoverageItem[]; next: string | null; total: number };
const at = '/api/clusters/sandbox';
let place: Awaited<ReturnType<typeof newData>>;
let lifeboat: Lifeboat;

beforeAll(async () => {
  place = await newData();
  lifeboat = await startLifeboat(place.data);
}, 30_000);
afterAll(async () => {
  await lifeboat.stop();
  await place.remove();
});

const overview = async (token?: string) =>
  (await lifeboat.call<Overview>('GET', `${at}/overview`, token ? { token } : {})).body;

async function backUp(body: object): Promise<Run> {
  return lifeboat.over((await lifeboat.call<Run>('POST', `${at}/backups`, { body })).body);
}

test('before the first backup the answer is that nothing could be brought back', async () => {
  const first = await overview();
  expect(headline(first)).toBe('Nothing of sandbox could be brought back: it has no backup');
  expect([first.newest, first.needs.map(({ id }) => id)]).toEqual([null, ['first-backup']]);
  const { body } = await lifeboat.call<Changes>('GET', `${at}/overview/changes`);
  expect([body.state, body.since]).toEqual(['unknown', null]);
});

test('a backup of one namespace covers that one, and the others are named', async () => {
  await backUp({ namespaces: ['shop'] });
  const one = await overview();
  expect(one.namespaces?.covered).toBe(1);
  expect(one.needs.map(({ id }) => id)).toEqual(['uncovered', 'verification']);
  const { body } = await lifeboat.call<Changes>('GET', `${at}/overview/changes`);
  expect([body.state, body.reason]).toEqual(['unknown', expect.stringContaining('whole cluster')]);
});

test('after a whole backup all namespaces are held, and the data of volumes is said to be missing', async () => {
  const run = await backUp({});
  const whole = await overview();
  expect(whole.namespaces).toMatchObject({ partly: 0, uncovered: 0 });
  expect(headline(whole)).toMatch(/^All \d+ namespaces have a restore point, the data of \d+ vol/);
  expect(whole.newest?.backup).toBe(run.backup);
  expect(whole.strips[0]?.days.at(-1)).toMatchObject({ state: 'completed', runs: 2 });
});

test('coverage is read page by page without a gap, the worst first', async () => {
  const all: CoverageItem[] = [];
  let cursor = '';
  do {
    const query = new URLSearchParams({ limit: '7', ...(cursor && { cursor }) }).toString();
    const { body } = await lifeboat.call<Page>('GET', `${at}/coverage?${query}`);
    all.push(...body.items);
    cursor = body.next ?? '';
  } while (cursor !== '');
  const { body } = await lifeboat.call<Page>('GET', `${at}/coverage?limit=500`);
  expect(all).toEqual(body.items);
  expect(all[0]).toMatchObject({ state: 'uncovered', subject: 'claim' });
  expect(all.at(-1)?.state).toBe('covered');
});

test('a namespace made after the backup is in none, and is counted among the changes', async () => {
  const { create } = await plantIn(lifeboat);
  await create(namespaces, { name: 'brand-new' });
  await create(configMaps, { name: 'settings', namespace: 'brand-new' });
  await expect
    .poll(
      async () => {
        const url = `${at}/coverage?search=brand-new`;
        return (await lifeboat.call<Page>('GET', url)).body.items[0]?.reason?.code;
      },
      { timeout: 20_000, interval: 500 },
    )
    .toBe('newer');
  const { body } = await lifeboat.call<Changes>('GET', `${at}/overview/changes`);
  expect(body).toMatchObject({ state: 'counted', atLeast: false, reason: null });
  expect(body.added).toBeGreaterThan(0);
}, 30_000);

test('who is bound to one namespace is told of that one and of nothing else', async () => {
  const token = await lifeboat.tokenFor({ role: 'viewer', namespaces: ['shop'] });
  const mine = await overview(token);
  expect(mine).toMatchObject({
    reach: 'some',
    elsewhere: null,
    namespaces: { all: 1, covered: 1 },
  });
  expect(JSON.stringify(mine)).not.toContain('payments');
  const { body, text } = await lifeboat.call<Page>('GET', `${at}/coverage?limit=500`, { token });
  expect(new Set(body.items.map(({ namespace }) => namespace))).toEqual(new Set(['shop']));
  expect(text).not.toContain('payments');
  const named = await lifeboat.call<{ items: { name: string }[] }>('GET', `${at}/namespaces`, {
    token,
  });
  expect(named.body.items.map(({ name }) => name)).toEqual(['shop']);
  const health = await lifeboat.call<Health>('GET', '/api/health', { token });
  expect(health.body.disk).toBeNull();
});

test('a connection test says who answers, what may be done there, and adds nothing', async () => {
  const { body } = await lifeboat.call<ConnectionTest>('POST', `${at}/test`);
  expect(body).toMatchObject({ reachable: true, knownAs: 'sandbox' });
  expect(body.rights.every(({ allowed }) => allowed)).toBe(true);
  const kubeconfig = JSON.stringify({
    'current-context': 'gone',
    contexts: [{ name: 'gone', context: { cluster: 'gone', user: 'gone' } }],
    clusters: [{ name: 'gone', cluster: { server: 'http://127.0.0.1:9' } }],
    users: [{ name: 'gone', user: { token: 'none' } }],
  });
  const tried = await lifeboat.call<ConnectionTest>('POST', '/api/clusters/test', {
    body: { kubeconfig },
  });
  expect(tried.body).toMatchObject({ reachable: false, uid: null, rights: [], knownAs: null });
  const { body: list } = await lifeboat.call<{ items: unknown[] }>('GET', '/api/clusters');
  expect(list.items).toHaveLength(1);
}, 30_000);

test.each([
  ['a zone that is none', `${at}/overview?zone=Nowhere/Land`, 400, 'overview.zone_unknown'],
  ['a cluster that is not there', '/api/clusters/other/coverage', 404, 'clusters.unknown'],
  ['a cursor that nobody gave', `${at}/coverage?cursor=x`, 400, 'request.cursor_invalid'],
])('%s is refused in plain words', async (_, url, status, code) => {
  const answer = await lifeboat.call<{ code: string }>('GET', url);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
});
