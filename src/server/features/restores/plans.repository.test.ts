import { expect, test } from 'vitest';
import type { Decision } from '../../engines/engine.ts';
import { eachDatabase } from '../../testing/databases.ts';
import { createJournalRepository } from './journal.repository.ts';
import { openJournal } from './journal.ts';
import { createPlansRepository, type PlansRepository } from './plans.repository.ts';

const now = Date.UTC(2026, 10, 23, 12);
const clock = () => Temporal.Instant.fromEpochMilliseconds(now);
const counts = { create: 3, update: 0, replace: 0, unchanged: 0, skip: 0, conflict: 0, blocked: 0 };
const id = '0190a000-0000-7000-8000-000000000001';
const run = '0190a000-0000-7000-8000-000000000002';

const plan = {
  id,
  cluster: 'prod',
  source: 'prod',
  backup: 'nightly',
  createdBy: 'ada',
  createdAt: now,
  options: { backup: 'nightly', conflictPolicy: 'skip' as const, dryRun: false },
};
const end = {
  revision: 'c0ffee',
  targetUid: 'u',
  namespaces: ['shop'],
  counts,
  notes: ['first'],
  createdAt: now,
  expiresAt: now + 1000,
};

const decision = (seq: number, more: Partial<Decision> = {}) => ({
  seq,
  path: `resources/roles/namespaces/shop/hostile\n${seq}.json`,
  oid: 'abc',
  resource: 'roles',
  kind: 'Role',
  apiVersion: 'rbac.authorization.k8s.io/v1',
  namespace: 'shop',
  name: `hostile\n${seq}`,
  action: 'create' as const,
  reason: null,
  checked: 'dryRun' as const,
  alsoNeeded: false,
  step: 1,
  liveUid: null,
  liveHash: null,
  ...more,
});

async function made(plans: PlansRepository): Promise<void> {
  await plans.begin(plan);
  await plans.complete(id, end);
}

eachDatabase('a plan', (database) => {
  const repositories = () => {
    const { db } = database();
    return { db, plans: createPlansRepository(db), journal: createJournalRepository(db) };
  };

  test('is read back as it was made, with the decisions in their order', async () => {
    const { plans } = repositories();
    const decisions = Array.from({ length: 1203 }, (_, seq) => decision(seq));
    for (let at = 0; at < decisions.length; at += 500)
      await plans.insertObjects(id, decisions.slice(at, at + 500));
    await made(plans);
    expect(await plans.find(id)).toMatchObject({
      plan: { backup: 'nightly', notes: ['first'], counts, run: null },
      revision: 'c0ffee',
      namespaces: ['shop'],
    });
    const read: unknown[] = [];
    for await (const one of plans.decisions(id)) read.push(one);
    expect(read).toEqual(decisions);
  });

  test('lists the objects of one action, page by page', async () => {
    const { plans } = repositories();
    const decisions = [0, 1, 2, 3].map((seq) =>
      decision(seq, { action: seq % 2 === 0 ? 'create' : 'skip' }),
    );
    await plans.insertObjects(id, decisions);
    const first = await plans.listObjects(id, { limit: 1, action: 'create' });
    const second = await plans.listObjects(id, {
      limit: 1,
      action: 'create',
      cursor: first.next ?? '',
    });
    expect([first, second].map(({ items }) => items[0]?.name)).toEqual([
      'hostile\n0',
      'hostile\n2',
    ]);
    expect(second.next).toBeNull();
  });

  test.each([
    ['open', now, [true, false]],
    ['expired', now + 1000, [false, false]],
  ])('that is %s is used at most once', async (_, at, expected) => {
    const { db, plans } = repositories();
    await made(plans);
    const first = await plans.use(db, { id, run, now: at });
    const second = await plans.use(db, { id, run: 'another', now: at });
    expect([first, second]).toEqual(expected);
  });

  test('that was never used is found when its hour is over', async () => {
    const { plans } = repositories();
    await made(plans);
    expect(await plans.expired(now)).toEqual([]);
    expect(await plans.expired(now + 1000)).toEqual([{ id, source: 'prod' }]);
    expect(await plans.close(id)).toBe(true);
    expect(await plans.find(id)).toBeUndefined();
    await plans.remove(id);
    expect(await plans.expired(now + 1000)).toEqual([]);
  });

  test('that is being made is neither found nor used, and is known after a crash', async () => {
    const { db, plans } = repositories();
    await plans.begin(plan);
    await plans.insertObjects(id, [decision(0)]);
    expect(await plans.find(id)).toBeUndefined();
    expect(await plans.use(db, { id, run, now })).toBe(false);
    expect(await plans.expired(now + 1000)).toEqual([]);
    expect(await plans.abandoned()).toEqual([{ id, source: 'prod' }]);
  });

  test('that a restore has is not given up, and one that is given up is not used', async () => {
    const { db, plans } = repositories();
    await made(plans);
    await plans.use(db, { id, run, now });
    expect(await plans.close(id)).toBe(false);
    const other = { ...plan, id: run };
    await plans.begin(other);
    await plans.complete(run, end);
    expect(await plans.close(run)).toBe(true);
    expect(await plans.use(db, { id: run, run, now })).toBe(false);
  });

  test('goes away with all of its objects, however many', async () => {
    const { db, plans } = repositories();
    await made(plans);
    const decisions = Array.from({ length: 12_003 }, (_, seq) => decision(seq));
    for (let at = 0; at < decisions.length; at += 500)
      await plans.insertObjects(id, decisions.slice(at, at + 500));
    await plans.remove(id);
    const left = await db.selectFrom('plan_object').select('seq').execute();
    expect(left).toEqual([]);
  });

  test('being carried out is journaled: what is told as recorded survives, the newest word counts', async () => {
    const { plans, journal } = repositories();
    await made(plans);
    const open = await openJournal(run, { journal, clock });
    const record = (seq: number, outcome: 'created' | 'failed') =>
      open.record({ seq, outcome, message: outcome === 'failed' ? 'why' : null, uid: 'u' });
    await Promise.all(Array.from({ length: 1100 }, (_, seq) => record(seq, 'created')));
    await record(7, 'failed');
    const again = await openJournal(run, { journal, clock });
    expect([again.known(7)?.outcome, again.known(8)?.outcome, again.known(1100)]).toEqual([
      'failed',
      'created',
      undefined,
    ]);
    expect(await journal.outcomes(run)).toEqual({ created: 1099, failed: 1 });
  });

  test('an entry that cannot be written is told as an error, and later ones are tried again', async () => {
    const { db, journal } = repositories();
    const open = await openJournal(run, { journal, clock });
    const entry = { seq: 1, outcome: 'created' as const, message: null, uid: null };
    await db.schema.alterTable('restore_object').renameTo('away').execute();
    await expect(open.record(entry)).rejects.toThrow(/restore_object/);
    await db.schema.alterTable('away').renameTo('restore_object').execute();
    await open.record(entry);
    expect(await journal.outcomes(run)).toEqual({ created: 1 });
  });
});
