import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Cron } from 'croner';
import { type RunningServer, startServer } from '../scenario/server.ts';
import { parseCron } from '../src/shared/schedules/cron/cron-parse.models.ts';
import { nextRun } from '../src/shared/schedules/cron/cron.models.ts';
import { simulate } from '../src/shared/schedules/simulation/simulate.models.ts';
import { simulated, world } from '../src/shared/schedules/simulation/testing/estate.ts';
import { measured } from './gates.ts';
import { median, type Measure } from './report.models.ts';
import { secondsOf } from './timing.ts';

/** S4 and S5: many due at once, how fast slots are found, the check of 14 days, and the whole server. */
export async function benchSchedules(given: { due: number; stored: number }): Promise<Measure[]> {
  const { due, stored } = given;
  return [await dueAtOnce(due), occurrences(), simulation(due), ...(await answers(stored))];
}

/** From the minute in which all are due to the last run that stands in the database. */
async function dueAtOnce(many: number): Promise<Measure> {
  const server = await startServer();
  // Not in the next few seconds: all have to be there before they are due.
  const due = new Date(Math.ceil((Date.now() + 20_000) / 60_000) * 60_000);
  const frequency = `${due.getUTCMinutes()} ${due.getUTCHours()} * * *`;
  await importSchedules(
    server,
    Array.from({ length: many }, () => ({ frequency, namespace: 'shop' })),
  );
  const db = new Database(join(server.data, 'lifeboat.db'), { readonly: true });
  const count = db.prepare('select count(*) as n from run where schedule is not null');
  let seconds = NaN;
  while (Date.now() < due.getTime() + 30_000) {
    if ((count.get() as { n: number }).n >= many) {
      seconds = (Date.now() - due.getTime()) / 1000;
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  db.close();
  await server.stop();
  return measured('S4 enqueued', {
    what: `${many} schedules due in one minute: until the last run is queued`,
    numerator: seconds,
    unit: 's',
  });
}

const path = '/api/clusters/sandbox/schedules';

type Line = { frequency: string; namespace: string };

async function importSchedules(server: RunningServer, all: readonly Line[]): Promise<void> {
  const lines = all.map(
    ({ frequency, namespace }, n) =>
      `  - { name: s${n}, frequency: "${frequency}", namespaces: [${namespace}] }`,
  );
  const document = `schedules:\n${lines.join('\n')}\n`;
  const body = { document, acceptWarnings: true };
  const { status, text } = await server.call('POST', `${path}/import`, body);
  if (status !== 200) throw new Error(text);
}

/** A page of the list, and the check while somebody types, with so many schedules in one cluster. */
async function answers(many: number): Promise<Measure[]> {
  const server = await startServer();
  await importSchedules(
    server,
    Array.from({ length: many }, (_, n) => ({
      frequency: `${n % 60} ${n % 24} * * *`,
      namespace: `n${n % 300}`,
    })),
  );
  const list = await medianOf(() => server.call('GET', `${path}?limit=100`));
  const typed = { frequency: '0 2 * * *', namespaces: ['n1'] };
  const preview = await medianOf(() => server.call('POST', `${path}/preview`, typed));
  await server.stop();
  return [
    measured('S5 list', { what: `a page of ${many} schedules`, numerator: list, unit: 'ms' }),
    measured('S5 preview', {
      what: `check of one among ${many} schedules`,
      numerator: preview,
      unit: 'ms',
    }),
  ];
}

/** Milliseconds, the first call included. */
async function medianOf(call: () => ReturnType<RunningServer['call']>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 7; round += 1) {
    const seconds = await secondsOf(async () => {
      const { status, text } = await call();
      if (status !== 200) throw new Error(text);
    });
    times.push(seconds * 1000);
  }
  return median(times);
}

const expressions = ['*/15 * * * *', '0 2 * * *', '30 8-18 * * 1-5', '0 0 1 * *', '15 4 * * 0'];
const walked = 20_000;
const from = Date.UTC(2026, 0, 1);

/**
 * Time for an occurrence, ours over croner's, in UTC: what is twenty times as fast takes 0.05 of it.
 * In rounds: the first one also measures how fast either is compiled, and a neighbour may disturb any.
 */
function occurrences(): Measure {
  const ratios = expressions.map((text) =>
    median(Array.from({ length: 5 }, () => theirsOverOurs(text))),
  );
  return measured('S4 cron', {
    what: 'time for an occurrence ÷ that of croner, the middle of five expressions',
    numerator: median(ratios),
    unit: '×',
  });
}

function theirsOverOurs(text: string): number {
  const parsed = parseCron(text, 'calendar');
  if (!parsed.ok) throw new Error(parsed.error.message);
  const { cron } = parsed;
  const ours = perSecond(walked, () => {
    let at: number | null = from;
    return () => (at = at === null ? null : nextRun({ cron, zone: 'UTC' }, at));
  });
  const theirs = perSecond(walked / 20, () => {
    const job = new Cron(text, { timezone: 'UTC', paused: true });
    let at: Date | null = new Date(from);
    return () => (at = at && job.nextRun(at));
  });
  return theirs / ours;
}

function perSecond(times: number, begin: () => () => unknown): number {
  const step = begin();
  const start = performance.now();
  for (let done = 0; done < times; done += 1) step();
  return times / ((performance.now() - start) / 1000);
}

/** Hourly, daily and quarter-hourly ones of 300 namespaces. */
function simulation(many: number): Measure {
  const schedules = Array.from({ length: many }, (_, n) =>
    simulated({
      name: `s${n}`,
      frequency:
        n % 5 === 0
          ? `${n % 60} * * * *`
          : n % 7 === 0
            ? '*/15 * * * *'
            : `${n % 60} ${n % 24} * * *`,
      namespaces: [`n${n % 300}`],
      minutes: 0.2,
    }),
  );
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    simulate({ schedules, world: world() });
    return (performance.now() - start) / 1000;
  });
  return measured('S5', {
    what: `check of ${many} schedules over 14 days`,
    numerator: median(times),
    unit: 's',
  });
}
