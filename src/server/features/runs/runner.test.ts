import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { LiveEvent } from '#shared/live/live.contract.ts';
import { isOver, type Run, runKinds } from '#shared/runs/runs.contract.ts';
import type { RunContext } from '../../engines/engine.ts';
import type { After } from '../../platform/after.ts';
import { openDatabase } from '../../platform/database/database.ts';
import { ProblemError } from '../../platform/problems.ts';
import type { NewRun, StoredRun, Work, WorkEnd } from '../../platform/runs.types.ts';
import { testLog } from '../../testing/app.ts';
import { testClock } from '../../testing/databases.ts';
import { recoverRuns } from './recovery.ts';
import { createRunner } from './runner.ts';
import type { Works } from './runner.types.ts';
import { type ClaimsRepository, createClaimsRepository } from './runs.claims.repository.ts';
import { createRunsRepository } from './runs.repository.ts';

const done: WorkEnd = { state: 'completed', problem: null, result: { objects: 1 } };

type Chosen = Partial<Work<RunContext>> & {
  /** Puts a fault between the queue and its database. */
  faulty?: (claims: ClaimsRepository) => Partial<ClaimsRepository>;
  after?: After;
};

/** Real queue, real database; only what the runs do is chosen. */
async function queue(carryOut: Work<RunContext>['carryOut'], chosen: Chosen = {}) {
  const { faulty, after, ...more } = chosen;
  const { db, close } = await openDatabase({ url: ':memory:', clock: testClock });
  const work: Work<RunContext> = { carryOut, ...more };
  const works = Object.fromEntries(runKinds.map((kind) => [kind, work])) as unknown as Works;
  const [runs, sound] = [createRunsRepository(db), createClaimsRepository(db)];
  const claims = { ...sound, ...faulty?.(sound) };
  const events: LiveEvent[] = [];
  const { log, lines } = testLog();
  const makeRoom = async () => undefined;
  const needs = { runs, claims, works, clock: testClock, log, makeRoom };
  const publish = (event: LiveEvent) => void events.push(event);
  const runner = createRunner({ ...needs, publish, ...(after ? { after } : {}) });
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
  await expect.poll(() => begun).toBe(1);
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
  await expect.poll(() => state(first.id)).toBe('running');
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
  const { runs, claims, works, clock, log, state } = await queue(endless);
  const id = crypto.randomUUID();
  await runs.insert(newRun({ kind }), { id, now: 1 });
  await claims.claim(id, 2);
  await recoverRuns({
    log,
    runs,
    claims,
    works,
    clock,
    reached: () => undefined,
    isGone: async () => false,
  });
  expect(await state(id)).toBe(expected);
  const problem = (await runs.find(id))?.run.problem;
  expect(problem?.code).toBe(expected === 'interrupted' ? 'runs.interrupted' : undefined);
});

test('the backup of a slot is made after a crash all the same, but not for ever', async () => {
  const { runs, claims, works, clock, log, state } = await queue(endless);
  const id = crypto.randomUUID();
  await runs.insert(newRun({ schedule: 'nightly', slotAt: 1 }), { id, now: 1 });
  const crash = async () => {
    await claims.claim(id, 2);
    const reached = () => undefined;
    await recoverRuns({ log, runs, claims, works, clock, reached, isGone: async () => false });
    return state(id);
  };
  expect([await crash(), await crash(), await crash()]).toEqual([
    'queued',
    'queued',
    'interrupted',
  ]);
});

test.each(runKinds)(
  'a %s that somebody had canceled just before a crash is canceled, and undone, at the next start',
  async (kind) => {
    const undone: string[] = [];
    const undo = async ({ run }: StoredRun) => void undone.push(run.id);
    const { runs, claims, works, clock, log, runner, state } = await queue(endless, { undo });
    const id = crypto.randomUUID();
    await runs.insert(newRun({ kind }), { id, now: 1 });
    await claims.claim(id, 2);
    await runner.cancel(id);
    const reached = () => undefined;
    await recoverRuns({ runs, claims, works, clock, log, reached, isGone: async () => false });
    expect([await state(id), undone]).toEqual(['canceled', [id]]);
  },
);

test('a deletion canceled too late, when its backup was gone already, is finished after a crash', async () => {
  const { runs, claims, works, clock, log, runner, over } = await queue(async () => done);
  const id = crypto.randomUUID();
  await runs.insert(newRun({ kind: 'delete' }), { id, now: 1 });
  await claims.claim(id, 2);
  await runner.cancel(id);
  const isGone = async ({ backup }: { backup: string }) => backup === 'manual-1';
  await recoverRuns({ runs, claims, works, clock, log, reached: () => undefined, isGone });
  runner.start();
  expect((await over(id)).state).toBe('completed');
});

test('a backup that was durable before the crash counts as completed', async () => {
  const { runs, claims, works, clock, log, state } = await queue(endless);
  const id = crypto.randomUUID();
  await runs.insert(newRun(), { id, now: 1 });
  await claims.claim(id, 2);
  const reached = () => ({ state: 'completed' as const, result: { objects: 3 } });
  await recoverRuns({ runs, claims, works, clock, log, reached, isGone: async () => false });
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

/** Time by hand: what was asked for, and going on when the test says so. */
function handTime() {
  const waits: number[] = [];
  let act: (() => void) | undefined;
  const after: After = (milliseconds, then) => {
    waits.push(milliseconds);
    act = then;
    return () => (act = undefined);
  };
  const pass = () => {
    const due = act;
    act = undefined;
    due?.();
  };
  return { waits, after, pass };
}

test('a queue that cannot be read is looked at again by itself, later each time, up to ten seconds', async () => {
  const { waits, after, pass } = handTime();
  const { runner, runs, db, over, lines } = await queue(async () => done, { after });
  const id = crypto.randomUUID();
  await runs.insert(newRun(), { id, now: 1 });
  await db.schema.alterTable('run').renameTo('away').execute();
  runner.start();
  for (let failures = 1; failures <= 8; failures++) {
    await expect.poll(() => waits.length).toBe(failures);
    if (failures === 8) await db.schema.alterTable('away').renameTo('run').execute();
    pass();
  }
  expect((await over(id)).state).toBe('completed');
  expect(waits).toEqual([200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]);
  expect(lines.map(({ message }) => message)).toContain(
    'queue could not be read; looking again soon',
  );
});

test.each([
  ['was not made', () => Promise.reject(new Error('no connection'))],
  [
    'was made, though its answer was lost',
    async (act: () => Promise<unknown>) => {
      await act();
      throw new Error('connection lost');
    },
  ],
])('a run whose claim %s is begun at the next look', async (_, fail) => {
  const { waits, after, pass } = handTime();
  let broken = true;
  const { runner, over } = await queue(async () => done, {
    after,
    faulty: ({ claim }) => ({
      claim: async (...given) => {
        if (broken) await fail(() => claim(...given));
        return claim(...given);
      },
    }),
  });
  const { id } = await runner.submit(newRun());
  await expect.poll(() => waits.length).toBe(1);
  broken = false;
  pass();
  expect((await over(id)).state).toBe('completed');
});

test('a run that could not even begin its log goes back into the queue', async () => {
  const { waits, after, pass } = handTime();
  const { runner, over, db } = await queue(async () => done, { after });
  await db.schema.alterTable('run_log').renameTo('away').execute();
  const { id } = await runner.submit(newRun());
  await expect.poll(() => waits).toEqual([200]);
  pass();
  await expect.poll(() => waits).toEqual([200, 400]);
  await db.schema.alterTable('away').renameTo('run_log').execute();
  pass();
  expect((await over(id)).state).toBe('completed');
});

test('a run canceled while its claim is in doubt is not carried out', async () => {
  const { waits, after, pass } = handTime();
  const { runner, over } = await queue(async () => done, {
    after,
    faulty: ({ claim }) => ({
      claim: async (...given) => {
        await claim(...given);
        throw new Error('connection lost');
      },
    }),
  });
  const { id } = await runner.submit(newRun());
  await expect.poll(() => waits.length).toBe(1);
  await runner.cancel(id);
  pass();
  expect((await over(id)).state).toBe('canceled');
});

test.each([
  ['by itself', async () => done, 'completed'],
  ['by a failure', () => Promise.reject(new Error('broken')), 'failed'],
  ['by being canceled', endless, 'canceled'],
] as const)(
  'what a run held outside is given back after its end is written, ended %s',
  async (_, carryOut, expected) => {
    const seen: (string | undefined)[] = [];
    const given = await queue(carryOut, {
      release: async ({ run }) => void seen.push((await given.runs.find(run.id))?.run.state),
    });
    const { id } = await given.runner.submit(newRun());
    if (expected === 'canceled') await given.runner.cancel(id);
    await expect.poll(() => seen).toEqual([expected]);
  },
);

test('a run whose hold cannot be given back has ended all the same', async () => {
  const { runner, over, lines } = await queue(async () => done, {
    release: () => Promise.reject(new Error('no such folder')),
  });
  const { id } = await runner.submit(newRun());
  expect((await over(id)).state).toBe('completed');
  await expect
    .poll(() => lines.map(({ message }) => message))
    .toContain('what an ended run held could not be given back');
});
