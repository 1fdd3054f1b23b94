import { expect, test } from 'vitest';
import { eachDatabase, testClock } from '../../testing/databases.ts';
import { createAuditRepository } from './audit.repository.ts';
import { createAudit, toEntry, verifyChain } from './audit.usecases.ts';

const note = (backup: string) =>
  ({
    actor: 'ada',
    action: 'DELETE /api/clusters/:cluster/backups/:backup',
    cluster: 'prod',
    target: { cluster: 'prod', backup },
    outcome: 'done',
    code: null,
  }) as const;

eachDatabase('The audit trail', (database) => {
  async function trailOf(count: number) {
    const { db } = database();
    const entries = createAuditRepository(db);
    const audit = createAudit({ entries, clock: testClock });
    for (let at = 1; at <= count; at += 1) await audit(note(`nightly-${at}`));
    return { db, entries, audit };
  }

  test('an untouched trail is intact, an empty one too', async () => {
    const { entries, audit } = await trailOf(0);
    expect(await verifyChain(entries)).toEqual({ intact: true, entries: 0, brokenAt: null });
    await audit(note('nightly-1'));
    expect(await verifyChain(entries)).toEqual({ intact: true, entries: 1, brokenAt: null });
  });

  test.each(['actor', 'action', 'cluster', 'target_json', 'outcome', 'code'] as const)(
    'an edited %s is found, and its entry named',
    async (column) => {
      const { db, entries } = await trailOf(5);
      await db
        .updateTable('audit')
        .set({ [column]: 'eve' })
        .where('seq', '=', 3)
        .execute();
      expect(await verifyChain(entries)).toMatchObject({ intact: false, brokenAt: 3 });
    },
  );

  test('an edited time is found', async () => {
    const { db, entries } = await trailOf(5);
    await db.updateTable('audit').set({ at: 0 }).where('seq', '=', 2).execute();
    expect(await verifyChain(entries)).toMatchObject({ intact: false, brokenAt: 2 });
  });

  test.each([1, 3, 5])('removing entry %i of five is found', async (seq) => {
    const { db, entries } = await trailOf(5);
    await db.deleteFrom('audit').where('seq', '=', seq).execute();
    expect(await verifyChain(entries)).toMatchObject({ intact: false, brokenAt: seq });
  });

  test('removing everything is found', async () => {
    const { db, entries } = await trailOf(5);
    await db.deleteFrom('audit').execute();
    expect(await verifyChain(entries)).toEqual({ intact: false, entries: 0, brokenAt: 1 });
  });

  test('two entries in each other’s place are found', async () => {
    const { db, entries } = await trailOf(5);
    for (const [from, to] of [
      [2, 99],
      [3, 2],
      [99, 3],
    ] as const)
      await db.updateTable('audit').set({ seq: to }).where('seq', '=', from).execute();
    expect(await verifyChain(entries)).toMatchObject({ intact: false, brokenAt: 2 });
  });

  test('an entry after a removed end does not hide that something was removed', async () => {
    const { db, entries, audit } = await trailOf(5);
    await db.deleteFrom('audit').where('seq', '>=', 4).execute();
    await audit(note('new'));
    expect(await verifyChain(entries)).toMatchObject({ intact: false, brokenAt: 4 });
  });

  test('writers that do not know of each other keep one chain without a gap', async () => {
    const { entries } = await trailOf(0);
    const writer = () => createAudit({ entries, clock: testClock });
    const writers = [writer(), writer(), writer(), writer()] as const;
    const notes = Array.from({ length: 40 }, (_, at) =>
      (writers[at % 4] ?? writers[0])(note(`run-${at}`)),
    );
    await Promise.all(notes);
    expect(await verifyChain(entries)).toEqual({ intact: true, entries: 40, brokenAt: null });
  });

  test('the newest come first, filtered by person and cluster, and pages do not overlap', async () => {
    const { entries, audit } = await trailOf(3);
    await audit({ ...note('x'), actor: 'bob', cluster: null, target: {} });
    const first = await entries.list({ actor: 'ada', before: 100, limit: 2 });
    expect(first.map(({ seq }) => seq)).toEqual([3, 2]);
    const next = await entries.list({ cluster: 'prod', before: 2, limit: 2 });
    expect(next.map(toEntry)).toMatchObject([
      { seq: 1, at: '2026-11-23T12:00:00.000Z', target: { backup: 'nightly-1' } },
    ]);
  });

  test('hostile names are kept as they are and do not break the chain', async () => {
    const { entries, audit } = await trailOf(0);
    const backup = 'a\0b\ud800<script>\u{1F600}\r\n';
    await audit({ ...note(backup), cluster: 'x\0y' });
    expect(await verifyChain(entries)).toMatchObject({ intact: true });
    expect((await entries.list({ before: 9, limit: 1 })).map(toEntry)).toMatchObject([
      { cluster: 'x\0y', target: { backup } },
    ]);
  });
});
