import { expect, test } from 'vitest';
import { createRandom } from '../../../sandbox/random.models.ts';
import { runsBetween } from '#shared/schedules/cron/cron.models.ts';
import { isFault, timetableOf } from '#shared/schedules/timetable.models.ts';
import { openDatabase } from '../../platform/database/database.ts';
import { newSqlite } from '../../testing/databases.ts';
import { plantSchedules, virtualScheduler, type World } from './testing/virtual.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const start = Date.parse('2026-11-24T12:00:00Z');
const until = start + 2 * 365 * day;
const seed = 20_261_124;

const zones = [
  'UTC',
  'Europe/Zurich',
  'America/New_York',
  'America/Sao_Paulo',
  'Africa/Casablanca',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Europe/Dublin',
];
const policies = ['latest', 'none', 'all'] as const;

/** Mostly daily, some weekly and monthly, a few each hour: several at the very minute clocks change. */
const estate = Array.from({ length: 200 }, (_, n) => ({
  name: `s${n}`,
  frequency: frequencyOf(n),
  timezone: zones[n % zones.length] ?? 'UTC',
  missedRuns: policies[n % policies.length] ?? 'latest',
}));

function frequencyOf(n: number): string {
  if (n < 4) return '0 * * * *';
  if (n % 10 === 0) return `0 ${n % 6} * * ${n % 7}`;
  if (n % 17 === 0) return '0 3 1 * *';
  if (n % 23 === 0) return '@every 9h';
  return `0 ${n % 6} * * *`;
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

type Virtual = ReturnType<typeof virtualScheduler>;

/** Until the scheduler has looked and waits for its next time. */
async function settled({ timer }: Virtual): Promise<number> {
  while (timer.at === null) await turn();
  return timer.at;
}

/** Two years with what happens to computers; answers how often each thing did. */
async function live(open: Awaited<ReturnType<typeof openDatabase>>, random: () => number) {
  const world: World = { wall: start, up: hour };
  const happened = { kills: 0, faults: 0, sleeps: 0, back: 0, forward: 0, ahead: 0 };
  const dies = () => {
    const does = random() < 0.002;
    happened.faults += does ? 1 : 0;
    return does;
  };
  const faults = { inTransaction: dies, afterDecision: dies };
  const begin = () => {
    const process = virtualScheduler({ db: open.db, world, faults });
    process.scheduler.start();
    return process;
  };
  const pass = (wall: number, up = Math.max(0, wall)) => {
    world.wall += wall;
    world.up += up;
  };
  let process = begin();
  while (world.wall < until) {
    const at = await settled(process);
    const nap = at - world.wall;
    const fate = random();
    if (fate < 0.002) {
      await process.scheduler.stop();
      pass(Math.floor(random() * 10 * hour));
      process = begin();
      happened.kills += 1;
      continue;
    }
    if (fate < 0.004) {
      pass(Math.floor(random() * 5 * day));
      happened.sleeps += 1;
    } else if (fate < 0.005) {
      pass(-Math.floor(random() * day), 0);
      happened.back += 1;
    } else if (fate < 0.006) {
      pass(Math.floor(random() * 20 * hour), 0);
      happened.forward += 1;
    } else if (fate < 0.0065) {
      await aYearAhead(process, world);
      happened.ahead += 1;
    }
    // An idle timer may come late, up to the next full hour: nothing is due before.
    pass(Math.max(nap, nap >= 30_000 ? hour - (world.wall % hour) : 0));
    const { act } = process.timer;
    process.timer.at = null;
    act();
  }
  await settled(process);
  await process.scheduler.stop();
  return { world, happened };
}

/** The clock is set forward by a year, looked at, and set right again. */
async function aYearAhead(process: Virtual, world: World): Promise<void> {
  world.wall += 365 * day;
  const { act } = process.timer;
  process.timer.at = null;
  act();
  await settled(process);
  world.wall -= 365 * day;
}

type Decided = { at: number; state: string; decided_at: number };

/** What is wrong with what was decided about one schedule, in words. */
function faultsOf(
  { name, frequency, timezone, missedRuns }: (typeof estate)[number],
  slots: readonly Decided[],
  end: number,
): string[] {
  const timetable = timetableOf({ frequency, timezone }, start);
  if (isFault(timetable)) return [timetable.error.message];
  const last = slots.at(-1)?.at ?? start;
  const due = [...runsBetween(timetable, { after: start, until: last })];
  const open = [...runsBetween(timetable, { after: last, until: end })];
  const madeUp = slots.filter(({ state }) => state === 'caughtUp');
  const together = Map.groupBy(madeUp, ({ decided_at }) => decided_at);
  const most = Math.max(0, ...[...together.values()].map((some) => some.length));
  return [
    ...(due.join() === slots.map(({ at }) => at).join() ? [] : [`${name}: not each slot once`]),
    ...(open.length === 0 ? [] : [`${name}: ${open.length} slots left open`]),
    ...(missedRuns === 'none' && madeUp.length > 0 ? [`${name}: made up for`] : []),
    ...(missedRuns === 'latest' && most > 1 ? [`${name}: ${most} at once`] : []),
  ];
}

test(`200 schedules in two years with kills, sleeps and clock jumps: each slot is decided once (seed ${seed})`, async () => {
  const place = await newSqlite();
  const clock = () => Temporal.Instant.fromEpochMilliseconds(start);
  const open = await openDatabase({ url: place.url, clock });
  await plantSchedules(open.db, estate, start);
  const { world, happened } = await live(open, createRandom(seed).next);
  const slots = await open.db.selectFrom('slot').selectAll().orderBy('at').execute();
  const runs = await open.db.selectFrom('run').select(['id', 'schedule', 'slot_at']).execute();
  await open.close();
  await place.remove();

  expect(Object.values(happened).filter((count) => count < 4)).toEqual([]);
  const bySchedule = Map.groupBy(slots, ({ schedule }) => schedule);
  const faults = estate.flatMap((one) =>
    faultsOf(one, bySchedule.get(one.name) ?? [], world.wall - 2 * hour),
  );
  expect(faults).toEqual([]);
  const fired = slots.filter(({ state }) => state === 'fired' || state === 'caughtUp');
  expect(new Set(runs.map(({ schedule, slot_at }) => `${schedule} ${slot_at}`)).size).toBe(
    runs.length,
  );
  expect(runs.map(({ id }) => id).toSorted()).toEqual(fired.map(({ run }) => run ?? '').toSorted());
  expect(slots.length).toBeGreaterThan(100_000);
}, 300_000);

test('a day of 1,000 schedules passes within seconds', async () => {
  const place = await newSqlite();
  const clock = () => Temporal.Instant.fromEpochMilliseconds(start);
  const open = await openDatabase({ url: place.url, clock });
  const many = Array.from({ length: 1000 }, (_, n) => ({
    name: `s${n}`,
    frequency: n % 4 === 0 ? `${(n * 7) % 60} * * * *` : `${n % 60} ${n % 24} * * *`,
  }));
  await plantSchedules(open.db, many, start);
  const world: World = { wall: start, up: hour };
  const process = virtualScheduler({ db: open.db, world });
  const from = Date.now();
  process.scheduler.start();
  while (world.wall < start + day) {
    const at = await settled(process);
    world.up += at - world.wall;
    world.wall = at;
    const { act } = process.timer;
    process.timer.at = null;
    act();
  }
  await settled(process);
  await process.scheduler.stop();
  const took = Date.now() - from;
  const states = await open.db.selectFrom('slot').select('state').execute();
  await open.close();
  await place.remove();
  expect(states.length).toBe(250 * 24 + 750);
  expect(states.every(({ state }) => state === 'fired')).toBe(true);
  expect(took).toBeLessThan(30_000);
}, 60_000);
