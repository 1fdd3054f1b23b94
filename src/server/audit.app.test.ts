import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AuditEntry } from '#shared/audit/audit.contract.ts';
import { endpoints } from '#shared/http/api.ts';
import type { Endpoint } from '#shared/http/endpoint.ts';
import type { Run } from '#shared/runs/runs.contract.ts';
import { type Lifeboat, newData, startLifeboat } from './testing/lifeboat.ts';
import { sampleOf } from './testing/samples.ts';

let place: Awaited<ReturnType<typeof newData>>;
let lifeboat: Lifeboat;

beforeAll(async () => {
  place = await newData();
  lifeboat = await startLifeboat(place.data);
  const body = { name: 'nightly-1', namespaces: ['shop'], kinds: ['configmaps'] };
  const made = await lifeboat.call<Run>('POST', '/api/clusters/sandbox/backups', { body });
  await lifeboat.over(made.body);
}, 30_000);
afterAll(async () => {
  await lifeboat.stop();
  await place.remove();
});

const name = ({ method, path }: Endpoint) => `${method} ${path}`;
const mutations = endpoints.filter(({ method, reads }) => method !== 'GET' && !reads);
const named = mutations.map((at) => [name(at), at] as const);
const ofSandbox = (text: string) => text.replaceAll('prod', 'sandbox');

/** One sample call, and what the trail says since then, oldest first. */
async function trailOf(at: Endpoint, token?: string) {
  const before = await newest();
  const { method, url, body } = sampleOf(at);
  const sent = body && (JSON.parse(ofSandbox(JSON.stringify(body))) as unknown);
  const answer = await lifeboat.call<{ code?: string } | undefined>(method, ofSandbox(url), {
    ...(sent === undefined ? {} : { body: sent }),
    ...(token === undefined ? {} : { token }),
  });
  const { body: page } = await lifeboat.call<{ items: AuditEntry[] }>('GET', '/api/audit?limit=10');
  const since = page.items.filter(({ seq, action }) => seq > before && action === name(at));
  const trail = since.toReversed().map(({ outcome, code }) => [outcome, code]);
  return { trail, status: answer.status, code: answer.body?.code ?? null };
}

async function newest(): Promise<number> {
  const { body } = await lifeboat.call<{ items: AuditEntry[] }>('GET', '/api/audit?limit=1');
  return body.items[0]?.seq ?? 0;
}

test.each(named)('%s leaves its intent and what became of it', async (_, at) => {
  const { trail, status, code } = await trailOf(at);
  const outcome = status < 400 ? ['done', null] : ['failed', code];
  expect(trail).toEqual([['intended', null], outcome]);
});

const closed = named.filter(([, at]) => !['public', 'session:use'].includes(at.permission));

test.each(closed)('%s leaves a refusal, and no intent', async (_, at) => {
  const token = await lifeboat.tokenFor({ cluster: 'elsewhere' });
  const { trail, status } = await trailOf(at, token);
  expect([status, trail]).toEqual([403, [['refused', 'access.permission_missing']]]);
});

test('among the calls some were done and some failed, and the chain of their trail is whole', async () => {
  const { body } = await lifeboat.call<{ items: AuditEntry[] }>('GET', '/api/audit?limit=200');
  const outcomes = new Set(body.items.map(({ outcome }) => outcome));
  expect(outcomes).toEqual(new Set(['intended', 'done', 'failed', 'refused']));
  const verified = await lifeboat.call('GET', '/api/audit/verify');
  expect(verified.body).toMatchObject({ intact: true, brokenAt: null });
});
