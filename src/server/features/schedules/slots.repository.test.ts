import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { scheduleSpec } from '#shared/schedules/schedule.contract.ts';
import type { Db } from '../../platform/database/database.ts';
import { eachDatabase } from '../../testing/databases.ts';
import { createFactsRepository } from './facts.repository.ts';
import { newSchedule } from './save.usecases.ts';
import { createSchedulesRepository } from './schedules.repository.ts';
import { createSlotsRepository } from './slots.repository.ts';

const spec = scheduleSpec.parse({ frequency: '0 * * * *' });
const fresh = (name: string) => newSchedule({ cluster: 'a', name, spec, createdBy: 'ada', now: 5 });
const slotRow = (at: number, over = {}) => ({
  cluster: 'a',
  schedule: 'hourly',
  at,
  state: 'fired',
  reason: null,
  decided_at: at + 1,
  run: randomUUID() as string | null,
  ...over,
});

async function putBackup(db: Db, id: string, over: object = {}) {
  await db
    .insertInto('backup')
    .values({
      cluster: 'a',
      id,
      engine: 'embedded',
      state: 'completed',
      type: 'incremental',
      started_at: 100,
      completed_at: 110,
      expires_at: null,
      namespaces: null,
      objects: 1,
      bytes: 1,
      kinds_not_read: 0,
      volumes: 0,
      spec_json: '{}',
      server_version: '',
      revision: id,
      verified_at: null,
      schedule: 'hourly',
      ...over,
    })
    .execute();
}

eachDatabase('schedules and their slots', (use) => {
  test('a slot is decided once, by whoever was first', async () => {
    const { db } = use();
    const slots = createSlotsRepository(db);
    const first = await slots.decide([slotRow(1), slotRow(2)], db);
    const second = await slots.decide([slotRow(2), slotRow(3)], db);
    expect([first.length, second.map(({ at }) => at)]).toEqual([2, [3]]);
  });

  test('what was handled never goes back', async () => {
    const { db } = use();
    const schedules = createSchedulesRepository(db);
    const slots = createSlotsRepository(db);
    await schedules.insert(fresh('hourly'));
    const at = { cluster: 'a', schedule: 'hourly' };
    expect(await slots.setHandled(fresh('hourly'), 50, db)).toBe(true);
    expect(await slots.setHandled(fresh('hourly'), 20, db)).toBe(false);
    expect((await schedules.find(at))?.handledAt).toBe(50);
  });

  test('nothing is decided by what a schedule was before it was changed or deleted', async () => {
    const { db } = use();
    const schedules = createSchedulesRepository(db);
    const slots = createSlotsRepository(db);
    expect(await slots.setHandled(fresh('hourly'), 50, db)).toBe(false);
    await schedules.insert(fresh('hourly'));
    await schedules.replace({ ...fresh('hourly'), version: 2 });
    expect(await slots.setHandled(fresh('hourly'), 50, db)).toBe(false);
  });

  test('two edits from one version: the second one changes nothing', async () => {
    const schedules = createSchedulesRepository(use().db);
    await schedules.insert(fresh('hourly'));
    expect(await schedules.insert(fresh('hourly'))).toBe(false);
    const edited = { ...fresh('hourly'), version: 2, changedAt: 9 };
    expect(await schedules.replace(edited)).toBe(true);
    expect(await schedules.replace({ ...edited, changedAt: 10 })).toBe(false);
    const at = { cluster: 'a', schedule: 'hourly' };
    expect((await schedules.find(at))?.changedAt).toBe(9);
    await createSlotsRepository(use().db).setHandled(edited, 50, use().db);
    await schedules.setDurations(at, { p50: 1, p90: 2, p99: 3, runs: 4 });
    expect(await schedules.replace({ ...edited, version: 3 })).toBe(true);
    expect(await schedules.find(at)).toMatchObject({ handledAt: 50, durations: { p50: 1 } });
  });

  test('each schedule has its newest slot and its newest restore point, and new ones have none', async () => {
    const { db } = use();
    const schedules = createSchedulesRepository(db);
    const slots = createSlotsRepository(db);
    await schedules.insert(fresh('hourly'));
    await schedules.insert(fresh('new'));
    await slots.decide(
      [slotRow(10), slotRow(20, { state: 'missed', reason: 'away', run: null })],
      db,
    );
    await putBackup(db, 'one');
    await putBackup(db, 'two', { started_at: 200 });
    await putBackup(db, 'bad', { started_at: 300, state: 'damaged' });
    const found = await slots.histories('a');
    expect(found.get('hourly')).toMatchObject({ last: { state: 'missed' }, lastGood: 200 });
    expect(found.get('new')).toEqual({ last: null, lastGood: null });
    expect(await slots.lastGood('a', ['hourly', 'new'])).toEqual(new Map([['hourly', 200]]));
  });

  test('pages of slots follow each other, newest first', async () => {
    const { db } = use();
    const slots = createSlotsRepository(db);
    await slots.decide(
      [1, 2, 3, 4, 5].map((at) => slotRow(at)),
      db,
    );
    const at = { cluster: 'a', schedule: 'hourly' };
    const first = await slots.list(at, { limit: 3 });
    const second = await slots.list(at, { limit: 3, cursor: first.next ?? '' });
    const times = [...first.items, ...second.items].map((one) => Date.parse(one.at));
    expect([times, second.next]).toEqual([[5, 4, 3, 2, 1], null]);
  });

  test('removed with its slots, so that a new one of its name begins anew', async () => {
    const { db } = use();
    const schedules = createSchedulesRepository(db);
    const slots = createSlotsRepository(db);
    await schedules.insert(fresh('hourly'));
    await slots.decide([slotRow(10)], db);
    const at = { cluster: 'a', schedule: 'hourly' };
    expect(await schedules.remove(at)).toBe(true);
    expect(await schedules.remove(at)).toBe(false);
    expect((await slots.list(at, { limit: 3 })).items).toEqual([]);
  });

  test('retention sees pins, readers and states; expired are only those that nothing holds', async () => {
    const { db } = use();
    const facts = createFactsRepository(db);
    const byHand = { schedule: null, expires_at: 500 };
    await createSchedulesRepository(db).insert(fresh('hourly'));
    await putBackup(db, 'of-an-earlier-one', { started_at: 4 });
    await putBackup(db, 'made', { namespaces: '["pay","shop"]' });
    await putBackup(db, 'pinned', { started_at: 90, namespaces: '["shop"]' });
    await db
      .insertInto('pin')
      .values({ cluster: 'a', backup: 'pinned', note: 'x', until: null })
      .execute();
    await putBackup(db, 'old', { ...byHand, started_at: 10 });
    await putBackup(db, 'held', { ...byHand, started_at: 20 });
    await db
      .insertInto('pin')
      .values({ cluster: 'a', backup: 'held', note: 'x', until: 2000 })
      .execute();
    await putBackup(db, 'newest', { ...byHand, started_at: 400 });
    await putBackup(db, 'later', { ...byHand, started_at: 30, expires_at: 5000 });
    const points = await facts.pointsOf({ cluster: 'a', schedule: 'hourly' }, 1000);
    expect(points.map(({ id, isPinned }) => [id, isPinned])).toEqual([
      ['made', false],
      ['pinned', true],
    ]);
    const held = await facts.heldBy({ cluster: 'a', schedule: 'hourly' });
    expect(held).toEqual(['pay', 'shop']);
    expect(await facts.expired('a', 1000)).toEqual(['old']);
  });

  test('blackouts are replaced as a whole', async () => {
    const schedules = createSchedulesRepository(use().db);
    const one = {
      days: ['mon' as const],
      from: '01:00',
      to: '02:00',
      reason: 'releases',
      timezone: 'UTC',
    };
    await schedules.setBlackouts('a', [one]);
    await schedules.setBlackouts('a', [{ ...one, from: '00:30' }]);
    expect((await schedules.blackoutsOf('a')).map(({ from }) => from)).toEqual(['00:30']);
    expect([...(await schedules.allBlackouts()).keys()]).toEqual(['a']);
    expect(await schedules.blackoutsOf('b')).toEqual([]);
  });
});
