import { expect, test } from 'vitest';
import { createJournalRepository } from '../features/restores/journal.repository.ts';
import { createPlansRepository } from '../features/restores/plans.repository.ts';
import { createRestoresThinRepository } from '../features/restores/thin.repository.ts';
import { nothingDone } from '../features/runs/runs.models.ts';
import { createClaimsRepository } from '../features/runs/runs.claims.repository.ts';
import { createRunsRepository } from '../features/runs/runs.repository.ts';
import { createRunsThinRepository } from '../features/runs/thin.repository.ts';
import { createSlotsRepository } from '../features/schedules/slots.repository.ts';
import type { Db } from '../platform/database/database.ts';
import { testLog } from '../testing/app.ts';
import { eachDatabase, testClock } from '../testing/databases.ts';
import { everyHour, tidy } from './tidy.ts';

const begin = testClock().epochMilliseconds;
const days = (count: number) => () => testClock().add({ hours: 24 * count });
const counts = { create: 1, update: 0, replace: 0, unchanged: 0, skip: 0, conflict: 0, blocked: 0 };

function setUp(db: Db) {
  const released: string[] = [];
  const [runs, claims] = [createRunsRepository(db), createClaimsRepository(db)];
  const [plans, journal] = [createPlansRepository(db), createJournalRepository(db)];
  const thinning = {
    runs: createRunsThinRepository(db),
    restores: createRestoresThinRepository(db),
  };
  const engine = { release: async ({ by }: { by: string }) => void released.push(by) };
  const { log } = testLog();
  const slots = createSlotsRepository(db);
  const needs = { plans, journal, thinning, slots, engine, log } as unknown as Parameters<
    typeof tidy
  >[0];
  /** A restore of one object from a plan, with a log, as it is when it is over or still going on. */
  const restore = async (id: string, over: 'over' | 'going on') => {
    const options = { backup: 'b', conflictPolicy: 'skip' as const, dryRun: false };
    const about = { cluster: 'a', backup: 'b', createdBy: 'ada' };
    await plans.begin({ ...about, id: `plan-of-${id}`, source: 'a', createdAt: begin, options });
    const end = { revision: 'r', targetUid: 'u', namespaces: ['shop'], notes: [], counts };
    const open = { createdAt: begin, expiresAt: begin + 1000 };
    await plans.complete(`plan-of-${id}`, { ...end, ...open });
    const run = { kind: 'restore' as const, plan: `plan-of-${id}`, namespaces: ['shop'], spec: {} };
    await runs.insert({ ...about, ...run }, { id, now: begin }, async (work) => {
      await plans.use(work, { id: `plan-of-${id}`, run: id, now: begin });
    });
    const claim = await claims.claim(id, begin);
    if (!claim) throw new Error('not claimed');
    const line = { seq: 1, at: begin, level: 'info' as const, message: 'm' };
    await claims.report(claim, nothingDone, [line]);
    await journal.record(id, [{ seq: 0, outcome: 'created', message: null, uid: 'u' }], begin);
    const canceled = { state: 'canceled', at: begin, problem: null, result: null } as const;
    if (over === 'over') await claims.finish(claim, canceled);
  };
  const tidyAfter = (count: number) => tidy({ ...needs, clock: days(count) });
  return { runs, plans, journal, restore, tidyAfter, released };
}

eachDatabase('what has had its time', (use) => {
  test('journals, plans and logs stay for 30 days, their counts and the run for 400', async () => {
    const { db } = use();
    const { runs, plans, journal, restore, tidyAfter, released } = setUp(db);
    const id = '0190a000-0000-7000-8000-000000000001';
    const plan = `plan-of-${id}`;
    await restore(id, 'over');
    await tidyAfter(30);
    expect([await journal.outcomes(id), (await runs.log(id, { limit: 9 })).items.length]).toEqual([
      { created: 1 },
      1,
    ]);
    expect(await db.selectFrom('plan').select('id').execute()).toEqual([{ id: plan }]);
    await tidyAfter(31);
    expect([await journal.outcomes(id), (await runs.log(id, { limit: 9 })).items]).toEqual([
      {},
      [],
    ]);
    expect([await plans.find(plan), released]).toEqual([undefined, [`plan-${plan}`]]);
    expect((await runs.find(id))?.run.result).toEqual({ created: 1 });
    await tidyAfter(400);
    expect((await runs.find(id))?.run.state).toBe('canceled');
    await tidyAfter(401);
    expect(await runs.find(id)).toBeUndefined();
  });

  test('a restore that has not ended keeps everything, however old it is', async () => {
    const { db } = use();
    const { runs, journal, restore, tidyAfter } = setUp(db);
    const id = '0190a000-0000-7000-8000-000000000002';
    await restore(id, 'going on');
    await tidyAfter(2000);
    expect([(await runs.find(id))?.run.state, await journal.outcomes(id)]).toEqual([
      'running',
      { created: 1 },
    ]);
    expect((await runs.log(id, { limit: 9 })).items).toHaveLength(1);
    expect(await db.selectFrom('plan').select('id').execute()).toHaveLength(1);
  });
});

test('the first round comes a minute after the start, then one every hour, also after one that failed, until the stop', async () => {
  const waits: number[] = [];
  let due: () => void = () => undefined;
  let rounds = 0;
  const { log, lines } = testLog();
  const act = async () => {
    rounds += 1;
    if (rounds === 1) throw new Error('disk full');
  };
  const after = (milliseconds: number, then: () => void) => {
    waits.push(milliseconds);
    due = then;
    return () => (due = () => undefined);
  };
  const tidying = everyHour(act, { after, log });
  expect(waits).toEqual([60_000]);
  due();
  await expect.poll(() => waits).toEqual([60_000, 3_600_000]);
  due();
  await expect.poll(() => waits.length).toBe(3);
  await tidying.stop();
  due();
  expect([rounds, lines.map(({ message }) => message)]).toEqual([2, ['tidying up failed']]);
});
