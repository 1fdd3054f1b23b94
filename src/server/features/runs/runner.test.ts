import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { LiveEvent } from '#shared/live/live.contract.ts';
import { isOver, type Run, runKinds } from '#shared/runs/runs.contract.ts';
import type { RunContext } from '../../engines/engine.ts';
import { openDatabase } from '../../platform/database/database.ts';
import { ProblemError } from '../../platform/problems.ts';
import type { NewRun, Work, WorkEnd } from '../../platform/runs.types.ts';
import { testLog } from '../../testing/app.ts';
import { testClock } from '../../testing/databases.ts';
import { recoverRuns } from './recovery.ts';
import { createRunner } from './runner.ts';
import type { Works } from './runner.types.ts';
import { createClaimsRepository } from './runs.claims.repository.ts';
import { createRunsRepository } from './runs.repository.ts';

const done: WorkEnd = { state: 'completed', problem: null, result: { objects: 1 } };

/** Real queue, real database; only what the runs do is chosen. */
async function queue(carryOut: Work<RunContext>['carryOut'], more: Partial<Work<RunContext>> = {}) {
  const { db, close } = await openDatabase({ url: ':memory:', clock: testClock });
  const work: Work<RunContext> = { carryOut, ...more };
  const works = Object.fromEntries(runKinds.map((kind) => [kind, work])) as unknown as Works;
  const [runs, claims] = [createRunsRepository(db), createClaimsRepository(db)];
  const events: LiveEvent[] = [];
  const { log, lines } = testLog();
  const needs = { runs, claims, works, clock: testClock, log };
  const runner = createRunner({ ...needs, publish: (event) => void events.push(event) });
  onTestFinished(async () => {
    await runner.stop(200);
    await close();
  });
  const over = async (id: string): Promise<Run> => {
    for (;;) {
      const stored = await runs.find(id);
      if (stored && isOver(stored.run.state)) return stored.run;
      await sleep(5);
    }
  };
  const state = async (id: string) => (await runs.find(id))?.run.state;
  return { ...needs, db, runner, events, over, state, lines };
}

const newRun = (given: Partial<NewRun> = {}): NewRun => ({
  cluster: 'a',
  kind: 'backup',
  backup: 'manual-1',
  plan: null,
  namespaces: 'all',
  spec: {},
  createdBy: 'ada',
  ...given,
});

/** Goes on until it is told to end. */
const endless: Work<RunContext>['carryOut'] = (_, { signal }) =>
  new Promise((_resolve, reject) => {
    if (signal.aborted) reject(new Error('ended'));
    signal.addEventListener('abort', () => reject(new Error('ended')));
  });

test('a run is carried out, with its log, its result and what people are told of it', async () => {
  const { runner, over, runs, events } = await queue(async (_, { log, progress }) => {
    log('info', 'first');
    progress({ doing: 'Reading.', items: { done: 1, total: 2 }, bytes: { done: 3, total: null } });
    log('warning', 'second');
    return done;
  });
  const { id } = await runner.submit(newRun());
  const ended = await over(id);
  expect([ended.state, ended.result, ended.progress.doing]).toEqual([
    'completed',
    { objects: 1 },
    'Reading.',
  ]);
  const { items } = await runs.log(id, { limit: 10 });
  expect(items.map(({ seq, level, message }) => [seq, level, message])).toEqual([
    [1, 'info', 'first'],
    [2, 'warning', 'second'],
  ]);
  await sleep(10);
  const told = events.flatMap((event) => (event.type === 'run' ? [event.run.state] : []));
  expect(new Set(told)).toEqual(new Set(['queued', 'running', 'completed']));
});

test('of two backups of one cluster the second waits, says why, and then goes on', async () => {
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let begun = 0;
  const { runner, over, runs } = await queue(async () => {
    await gates[begun++]?.promise;
    return done;
  });
  const first = await runner.submit(newRun());
  const second = await runner.submit(newRun({ backup: 'manual-2' }));
  await expect.poll(async () => (await runs.find(second.id))?.run.reason).toMatch(/ahead of it/);
  gates[0]?.resolve();
  expect((await over(first.id)).state).toBe('completed');
  gates[1]?.resolve();
  expect((await over(second.id)).reason).toBeNull();
});

test('a run that has not begun is canceled at once, one that has is told to end', async () => {
  const { runner, over, state } = await queue(endless);
  const first = await runner.submit(newRun());
  const second = await runner.submit(newRun({ backup: 'manual-2' }));
  expect(await runner.cancel(second.id)).toBe(true);
  expect(await state(second.id)).toBe('canceled');
  expect(await runner.cancel(first.id)).toBe(true);
  expect([(await over(first.id)).state, (await over(first.id)).problem]).toEqual([
    'canceled',
    null,
  ]);
  expect(await runner.cancel(first.id)).toBe(false);
});

test('what a failed run had announced is undone with its end', async () => {
  const undone: string[] = [];
  const { runner, over } = await queue(
    () =>
      Promise.reject(new ProblemError({ code: 'x.y', status: 422, title: 'No.', detail: 'Kept.' })),
    { undo: async ({ run }) => void undone.push(run.id) },
  );
  const { id } = await runner.submit(newRun());
  const ended = await over(id);
  expect([ended.state, ended.problem?.code, undone]).toEqual(['failed', 'x.y', [id]]);
});

test('a fault inside is our fault: its text stays in the log of the server', async () => {
  const { runner, over, runs, lines } = await queue(() =>
    Promise.reject(new Error('password=hunter2')),
  );
  const { id } = await runner.submit(newRun());
  expect((await over(id)).problem?.code).toBe('runs.broken');
  const { items } = await runs.log(id, { limit: 10 });
  expect(JSON.stringify([await runs.find(id), items])).not.toContain('hunter2');
  expect(lines.map(({ message }) => message)).toContain('runs.broken');
});

test('what an older holder writes is refused, and its end does not count', async () => {
  const gate = Promise.withResolvers<void>();
  const { runner, claims, runs, state, db } = await queue(async () => {
    await gate.promise;
    return {
      ...done,
      commit: async (work) =>
        void (await work.insertInto('meta').values({ key: 'late', value: '' }).execute()),
    };
  });
  const { id } = await runner.submit(newRun());
  await expect.poll(() => state(id)).toBe('running');
  await claims.requeue(id);
  const taken = await claims.claim(id, 1);
  gate.resolve();
  await sleep(50);
  expect(await state(id)).toBe('running');
  expect((await runs.find(id))?.fence).toBe(taken?.fence);
  expect(await db.selectFrom('meta').selectAll().execute()).toEqual([]);
});

test.each([
  ['backup', 'interrupted'],
  ['verify', 'interrupted'],
  ['export', 'interrupted'],
  ['maintenance', 'interrupted'],
  ['restore', 'queued'],
  ['delete', 'queued'],
] as const)('a %s that a crash left running is %s at the next start', async (kind, expected) => {
  const { runs, claims, works, clock, state } = await queue(endless);
  const id = crypto.randomUUID();
  await runs.insert(newRun({ kind }), { id, now: 1 });
  await claims.claim(id, 2);
  await recoverRuns({ runs, claims, works, clock, reached: () => undefined });
  expect(await state(id)).toBe(expected);
  const problem = (await runs.find(id))?.run.problem;
  expect(problem?.code).toBe(expected === 'interrupted' ? 'runs.interrupted' : undefined);
});

test('a backup that was durable before the crash counts as completed', async () => {
  const { runs, claims, works, clock, state } = await queue(endless);
  const id = crypto.randomUUID();
  await runs.insert(newRun(), { id, now: 1 });
  await claims.claim(id, 2);
  const reached = () => ({ state: 'completed' as const, result: { objects: 3 } });
  await recoverRuns({ runs, claims, works, clock, reached });
  expect([await state(id), (await runs.find(id))?.run.result]).toEqual([
    'completed',
    { objects: 3 },
  ]);
});

test('an orderly stop lets runs end first, then interrupts them; restores go on later', async () => {
  const { runner, state } = await queue(endless);
  const backup = await runner.submit(newRun());
  const restore = await runner.submit(newRun({ kind: 'restore' }));
  await expect.poll(() => state(restore.id)).toBe('running');
  await runner.stop(100);
  expect([await state(backup.id), await state(restore.id)]).toEqual(['interrupted', 'queued']);
  await expect(runner.submit(newRun())).rejects.toThrow('Lifeboat is stopping.');
});
