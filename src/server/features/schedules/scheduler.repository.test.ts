import { expect, test, vi } from 'vitest';
import type { Db } from '../../platform/database/database.ts';
import { eachDatabase } from '../../testing/databases.ts';
import { createSchedulesRepository } from './schedules.repository.ts';
import { plantSchedules, virtualScheduler, type World } from './testing/virtual.ts';

const hour = 3_600_000;
const day = 24 * hour;
const start = Date.parse('2026-11-24T12:00:00Z');

const slotsOf = async (db: Db, schedule: string) => {
  const rows = await db
    .selectFrom('slot')
    .select(['at', 'state'])
    .where('schedule', '=', schedule)
    .orderBy('at')
    .execute();
  return rows.map(({ at, state }) => `${new Date(at).toISOString().slice(11, 16)} ${state}`);
};

const pass = (world: World, wall: number, up = wall) => {
  world.wall += wall;
  world.up += up;
};

/** One look, and everything it led to. */
async function look({ scheduler, timer }: ReturnType<typeof virtualScheduler>): Promise<void> {
  timer.at = null;
  scheduler.wake();
  while (timer.at === null) await new Promise((resolve) => setImmediate(resolve));
}

eachDatabase('the scheduler', (use) => {
  const world = (): World => ({ wall: start, up: hour });

  test('two servers on one database fire each slot once', async () => {
    const { db } = use();
    const time = world();
    await plantSchedules(db, [{ name: 'hourly', frequency: '0 * * * *' }], time.wall);
    const [one, two] = [
      virtualScheduler({ db, world: time }),
      virtualScheduler({ db, world: time }),
    ];
    await Promise.all([look(one), look(two)]);
    pass(time, hour);
    await Promise.all([look(one), look(two)]);
    expect(await slotsOf(db, 'hourly')).toEqual(['13:00 fired']);
    expect(await db.selectFrom('run').select('id').execute()).toHaveLength(1);
    await Promise.all([one.scheduler.stop(), two.scheduler.stop()]);
  });

  test('a clock set back by a day fires nothing again, and goes on where it was', async () => {
    const { db } = use();
    const time = world();
    await plantSchedules(db, [{ name: 'hourly', frequency: '0 * * * *' }], time.wall);
    const one = virtualScheduler({ db, world: time });
    pass(time, hour);
    await look(one);
    pass(time, -day, 1000);
    await look(one);
    pass(time, day + hour, day + hour);
    await look(one);
    expect(await slotsOf(db, 'hourly')).toEqual(['13:00 fired', '14:00 fired']);
    await one.scheduler.stop();
  });

  test('a clock set forward by a year fires nothing until it is set right', async () => {
    const { db } = use();
    const time = world();
    await plantSchedules(db, [{ name: 'hourly', frequency: '0 * * * *' }], time.wall);
    const one = virtualScheduler({ db, world: time });
    await look(one);
    pass(time, 365 * day, 1000);
    await look(one);
    expect([await slotsOf(db, 'hourly'), one.clockGuard.doubt()]).toEqual([
      [],
      'The clock of this computer jumped over a day ahead.',
    ]);
    pass(time, -365 * day, 1000);
    pass(time, hour);
    await look(one);
    expect([await slotsOf(db, 'hourly'), one.clockGuard.doubt()]).toEqual([['13:00 fired'], null]);
    await one.scheduler.stop();
  });

  test('a clock a day ahead is trusted when a cluster or a person says the same', async () => {
    const { db } = use();
    const time = world();
    await plantSchedules(db, [{ name: 'daily', frequency: '0 0 * * *' }], time.wall);
    let clusterTime: number | null = start;
    const one = virtualScheduler({ db, world: time, clusterTime: () => clusterTime });
    await look(one);
    pass(time, 2 * day, 1000);
    await look(one);
    expect(await slotsOf(db, 'daily')).toEqual([]);
    clusterTime = time.wall;
    await look(one);
    expect(await slotsOf(db, 'daily')).toEqual(['00:00 missed', '00:00 caughtUp']);
    pass(time, 2 * day, 1000);
    clusterTime = null;
    await look(one);
    one.clockGuard.confirm();
    await look(one);
    expect((await slotsOf(db, 'daily')).length).toBe(4);
    await one.scheduler.stop();
  });

  test('a process that dies in the middle of a decision has decided nothing', async () => {
    const { db } = use();
    const time = world();
    await plantSchedules(db, [{ name: 'hourly', frequency: '0 * * * *' }], time.wall);
    const dying = virtualScheduler({ db, world: time, faults: { inTransaction: () => true } });
    pass(time, hour);
    await look(dying);
    expect(await slotsOf(db, 'hourly')).toEqual([]);
    await dying.scheduler.stop();
    const next = virtualScheduler({ db, world: time });
    await look(next);
    expect(await slotsOf(db, 'hourly')).toEqual(['13:00 fired']);
    await next.scheduler.stop();
  });

  test('one that dies after its decision leaves a queued run, and no second one', async () => {
    const { db } = use();
    const time = world();
    await plantSchedules(db, [{ name: 'hourly', frequency: '0 * * * *' }], time.wall);
    const dying = virtualScheduler({ db, world: time, faults: { afterDecision: () => true } });
    pass(time, hour);
    await look(dying);
    await dying.scheduler.stop();
    const next = virtualScheduler({ db, world: time });
    await look(next);
    const runs = await db.selectFrom('run').select(['state', 'slot_at', 'backup']).execute();
    expect(runs).toEqual([
      { state: 'queued', slot_at: start + hour, backup: 'hourly-20261124130000' },
    ]);
    await next.scheduler.stop();
  });

  test('a pause that comes while the scheduler goes by what it read before is kept to', async () => {
    const { db } = use();
    const time = world();
    await plantSchedules(
      db,
      [
        { name: 'rests', frequency: '0 * * * *' },
        { name: 'gone', frequency: '0 * * * *' },
      ],
      time.wall,
    );
    const one = virtualScheduler({ db, world: time });
    await look(one);
    const schedules = createSchedulesRepository(db);
    const read = await schedules.find({ cluster: 'a', schedule: 'rests' });
    const since = new Date(time.wall).toISOString();
    const pause = { since, until: null, reason: 'a release', by: 'ada' };
    if (read) await schedules.replace({ ...read, pause, version: read.version + 1 });
    await schedules.remove({ cluster: 'a', schedule: 'gone' });
    pass(time, hour);
    for (let looks = 0; looks < 2; looks += 1) {
      one.timer.at = null;
      one.timer.act();
      await vi.waitUntil(() => one.timer.at !== null);
    }
    expect([await slotsOf(db, 'rests'), await slotsOf(db, 'gone')]).toEqual([['13:00 paused'], []]);
    await one.scheduler.stop();
  });

  test('a schedule that cannot be read any more stands still, and the others go on', async () => {
    const { db } = use();
    const time = world();
    await plantSchedules(
      db,
      [
        { name: 'lost', frequency: '0 * * * *', timezone: 'Europe/Atlantis' },
        { name: 'hourly', frequency: '0 * * * *' },
      ],
      time.wall,
    );
    const one = virtualScheduler({ db, world: time });
    pass(time, hour);
    await look(one);
    expect([await slotsOf(db, 'lost'), await slotsOf(db, 'hourly')]).toEqual([[], ['13:00 fired']]);
    await one.scheduler.stop();
  });

  test('what cannot be decided now is looked at again later, not without end', async () => {
    const { db } = use();
    const time = world();
    await plantSchedules(db, [{ name: 'hourly', frequency: '0 * * * *' }], time.wall);
    let isKnown = false;
    const one = virtualScheduler({ db, world: time, isKnown: () => isKnown });
    pass(time, hour);
    await look(one);
    expect(one.timer.at).toBe(time.wall + 30_000);
    pass(time, 365 * day, 1000);
    isKnown = true;
    await look(one);
    expect([one.timer.at, await slotsOf(db, 'hourly')]).toEqual([time.wall + 30_000, []]);
    await one.scheduler.stop();
  });
});
