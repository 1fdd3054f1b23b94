import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Overview } from '#shared/overview/overview.contract.ts';
import type { Run } from '#shared/runs/runs.contract.ts';
import type { RetentionView } from '#shared/schedules/preview.contract.ts';
import { type Lifeboat, newData, startLifeboat } from '../../testing/lifeboat.ts';
import { applyRetention } from './retention.usecases.ts';

const at = '/api/clusters/sandbox';
let place: Awaited<ReturnType<typeof newData>>;
let lifeboat: Lifeboat;

beforeAll(async () => {
  place = await newData();
  lifeboat = await startLifeboat(place.data);
  await save('POST', { name: 'few', retention: { last: 2 } });
  for (let made = 0; made < 3; made += 1) await runNow();
}, 60_000);
afterAll(async () => {
  await lifeboat.stop();
  await place.remove();
});

const save = (method: 'POST' | 'PUT', { name, ...spec }: { name: string; retention: object }) =>
  lifeboat.call(method, `${at}/schedules${method === 'PUT' ? `/${name}` : ''}`, {
    body: {
      frequency: '0 0 1 1 *',
      namespaces: ['shop'],
      acceptWarnings: true,
      ...(method === 'POST' && { name }),
      ...spec,
    },
  });

async function runNow(): Promise<string> {
  const { body } = await lifeboat.call<Run>('POST', `${at}/schedules/few/run`);
  const { backup } = await lifeboat.over(body);
  return backup ?? '';
}

const kept = async (): Promise<string[]> => {
  const { body } = await lifeboat.call<{ items: { id: string; state: string }[] }>(
    'GET',
    `${at}/backups`,
  );
  return body.items.filter(({ state }) => state !== 'deleting').map(({ id }) => id);
};

/** One round, and the deletions that it asked for. */
async function round(): Promise<void> {
  await applyRetention(lifeboat.app.features);
  await idle();
}

async function idle(): Promise<void> {
  const unfinished = async () => (await lifeboat.app.features.runs.unfinished()).length;
  await expect.poll(unfinished, { timeout: 20_000 }).toBe(0);
}

const show = async () =>
  (await lifeboat.call<RetentionView>('GET', `${at}/schedules/few/retention`)).body;

test('what no rule wants goes, with a trace of who asked and why', async () => {
  const [newest, second, oldest] = await kept();
  expect((await show()).decisions.map(({ id, keep }) => [id, keep])).toEqual([
    [newest, true],
    [second, true],
    [oldest, false],
  ]);
  await round();
  expect(await kept()).toEqual([newest, second]);
  const { body } = await lifeboat.call<{ items: { actor: string; target: { backup?: string } }[] }>(
    'GET',
    '/api/audit?actor=retention',
  );
  expect(body.items.map(({ target }) => target.backup)).toEqual([oldest, oldest]);
});

test('a plan that would take more than half waits for a person, and Now says so', async () => {
  for (let made = 0; made < 3; made += 1) await runNow();
  await save('PUT', { name: 'few', retention: { last: 1 } });
  const before = await kept();
  await round();
  expect(await kept()).toEqual(before);
  expect((await show()).asks).toBe('removesMoreThanHalf');
  const now = await lifeboat.call<Overview>('GET', `${at}/overview`);
  expect(now.body.needs.map(({ id }) => id)).toContain('retention-asks');
  const applied = await lifeboat.call<{ backupsDeleted: number }>(
    'POST',
    `${at}/schedules/few/retention`,
  );
  expect(applied.body.backupsDeleted).toBe(before.length - 1);
  await idle();
  expect(await kept()).toEqual(before.slice(0, 1));
});

test('a backup made by hand goes when its time is over, but not the newest good one', async () => {
  const make = async (name: string) =>
    lifeboat.over(
      (
        await lifeboat.call<Run>('POST', `${at}/backups`, {
          body: { name, namespaces: ['shop'], retention: '1m' },
        })
      ).body,
    );
  await make('by-hand-1');
  await make('by-hand-2');
  const { features } = lifeboat.app;
  const later = { ...features, clock: () => features.clock().add({ minutes: 2 }) };
  await applyRetention(later);
  await idle();
  const left = await kept();
  expect([left.includes('by-hand-1'), left.includes('by-hand-2')]).toEqual([false, true]);
});

test('while the time is in doubt nothing goes, and nobody can make it', async () => {
  await runNow();
  await runNow();
  const before = await kept();
  const clockGuard = {
    ...lifeboat.app.features.clockGuard,
    isSound: async () => false,
    doubt: () => 'It jumped.',
  };
  await applyRetention({ ...lifeboat.app.features, clockGuard });
  await idle();
  expect(await kept()).toEqual(before);
});

test('a schedule made anew under an old name decides nothing about what the old one has left', async () => {
  for (let made = 0; made < 3; made += 1) await runNow();
  const before = await kept();
  await lifeboat.call('DELETE', `${at}/schedules/few`);
  await save('POST', { name: 'few', retention: { last: 1 } });
  expect((await show()).decisions).toEqual([]);
  await lifeboat.call('POST', `${at}/schedules/few/retention`);
  await lifeboat.call('DELETE', `${at}/schedules/few?backups=delete`);
  await idle();
  expect(await kept()).toEqual(before);
  await save('POST', { name: 'few', retention: { last: 1 } });
  const [old] = before;
  const { body } = await lifeboat.call<{ keptBecause: string[] }>('GET', `${at}/backups/${old}`);
  expect(body.keptBecause.join(' ')).toContain('The schedule few that made it is gone');
});

test('whoever is bound to a namespace decides nothing about backups that hold more', async () => {
  const whole = { name: 'wide', frequency: '0 0 1 1 *', acceptWarnings: true };
  await lifeboat.call('POST', `${at}/schedules`, { body: whole });
  const { body: run } = await lifeboat.call<Run>('POST', `${at}/schedules/wide/run`);
  const { backup } = await lifeboat.over(run);
  const narrow = { ...whole, name: undefined, namespaces: ['shop'] };
  await lifeboat.call('PUT', `${at}/schedules/wide`, { body: narrow });
  const token = await lifeboat.tokenFor({
    role: 'admin',
    cluster: 'sandbox',
    namespaces: ['shop'],
  });
  const asked = async (method: 'PUT' | 'POST' | 'DELETE', path: string, body?: object) =>
    (await lifeboat.call(method, `${at}/schedules/wide${path}`, { token, ...(body && { body }) }))
      .status;
  expect(await asked('PUT', '', { ...narrow, retention: { last: 1 } })).toBe(403);
  expect(await asked('POST', '/retention')).toBe(403);
  expect(await asked('DELETE', '?backups=delete')).toBe(403);
  expect(await asked('POST', '/pause', { reason: 'a release' })).toBe(200);
  expect(await kept()).toContain(backup);
});
