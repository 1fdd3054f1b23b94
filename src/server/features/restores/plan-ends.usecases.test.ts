import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../platform/database/database.ts';
import { testLog } from '../../testing/app.ts';
import { testClock } from '../../testing/databases.ts';
import type { Actor } from '../../platform/actor.ts';
import { createJournalRepository } from './journal.repository.ts';
import { releaseAbandoned, releaseExpired } from './plan-ends.usecases.ts';
import { makePlan } from './plan.usecases.ts';
import { createPlansRepository } from './plans.repository.ts';
import type { RestoreNeeds } from './restores.types.ts';

const options = { backup: 'nightly', conflictPolicy: 'skip' as const, dryRun: false };
const now = testClock().epochMilliseconds;
const anybody: Actor = {
  name: 'ada',
  session: null,
  may: () => true,
  namespacesWith: () => 'all',
} as unknown as Actor;

/** Real plans in a real database, and an engine of which `release` and `planRestore` are chosen. */
async function setUp(engine: Partial<RestoreNeeds['engine']>) {
  const { db, close } = await openDatabase({ url: ':memory:', clock: testClock });
  onTestFinished(close);
  const { log, lines } = testLog();
  const plans = createPlansRepository(db);
  const needs = {
    plans,
    journal: createJournalRepository(db),
    engine,
    log,
    clock: testClock,
    assertVisible: async () => undefined,
    clusterOf: async () => ({}),
  } as unknown as RestoreNeeds;
  const begin = (id: string) =>
    plans.begin({
      id,
      cluster: 'prod',
      source: 'prod',
      backup: 'nightly',
      createdBy: 'ada',
      createdAt: now,
      options,
    });
  const ids = async () =>
    (await db.selectFrom('plan').select('id').orderBy('id').execute()).map(({ id }) => id);
  return { needs, begin, ids, lines };
}

test('what a crash has left of plans gives back what it holds, and is gone', async () => {
  const released: string[] = [];
  const { needs, begin, ids } = await setUp({
    release: async ({ by }) => void released.push(by),
  });
  await begin('one');
  await begin('two');
  await releaseAbandoned(needs);
  expect([released, await ids()]).toEqual([['plan-one', 'plan-two'], []]);
});

test('a repository that is away keeps one plan for later, and holds up no other', async () => {
  let away = true;
  const { needs, begin, ids, lines } = await setUp({
    release: async ({ by }) => {
      if (away && by === 'plan-one') throw new Error('no such folder');
    },
  });
  await begin('one');
  await begin('two');
  await releaseAbandoned(needs);
  expect([await ids(), lines.map(({ level }) => level)]).toEqual([['one'], ['error']]);
  away = false;
  await releaseExpired({ ...needs, clock: () => testClock().add({ hours: 25 }) });
  expect(await ids()).toEqual([]);
});

test('a plan that fails says why it failed, even when nothing can be cleaned up either', async () => {
  const { needs, ids, lines } = await setUp({
    planRestore: () => Promise.reject(new Error('the cluster is away')),
    release: () => Promise.reject(new Error('the repository is away')),
  });
  const act = makePlan({ cluster: 'prod', options }, anybody, needs);
  await expect(act).rejects.toThrow('the cluster is away');
  expect(lines.map(({ message }) => message)).toEqual([
    'a plan could not be given up; trying again later',
  ]);
  expect(await ids()).toHaveLength(1);
});
