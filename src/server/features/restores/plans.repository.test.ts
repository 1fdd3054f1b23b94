import { expect, test } from 'vitest';
import type { Decision } from '../../engines/engine.ts';
import { eachDatabase } from '../../testing/databases.ts';
import { createJournalRepository } from './journal.repository.ts';
import { openJournal } from './journal.ts';
import { createPlansRepository } from './plans.repository.ts';

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
  expiresAt: now + 1000,
  options: { backup: 'nightly', conflictPolicy: 'skip' as const, dryRun: false },
};
const end = { revision: 'c0ffee', targetUid: 'u', namespaces: ['shop'], counts, notes: ['first'] };

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
    await plans.insert(plan, end);
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
    await plans.insert(plan, end);
    const first = await plans.use(db, { id, run, now: at });
    const second = await plans.use(db, { id, run: 'another', now: at });
    expect([first, second]).toEqual(expected);
  });

  test('that was never used is found when its hour is over', async () => {
    const { plans } = repositories();
    await plans.insert(plan, end);
    expect(await plans.expired(now)).toEqual([]);
    expect(await plans.expired(now + 1000)).toEqual([{ id, source: 'prod' }]);
    await plans.remove(id);
    expect(await plans.find(id)).toBeUndefined();
  });

  test('being carried out is journaled: what is told as recorded survives, the newest word counts', async () => {
    const { plans, journal } = repositories();
    await plans.insert(plan, end);
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
