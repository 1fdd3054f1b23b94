import { expect, test } from 'vitest';
import type { BackupManifest } from '../../engines/engine.ts';
import { eachDatabase } from '../../testing/databases.ts';
import { createBackupListRepository } from './backups.list.repository.ts';
import { createBackupsRepository } from './backups.repository.ts';

function found(id: string, namespaces: string[], at = 0) {
  const startedAt = new Date(Date.UTC(2026, 10, 23) + at).toISOString();
  const manifest: BackupManifest = {
    formatVersion: 1,
    id,
    cluster: 'a',
    clusterUid: 'u',
    serverVersion: 'v1.34.0',
    spec: { engine: 'embedded', type: 'incremental' },
    startedAt,
    completedAt: startedAt,
    state: 'completed',
    namespaces: null,
    objects: 100,
    bytes: 1000,
    kinds: [],
    perNamespace: Object.fromEntries(
      ['', ...namespaces].map((name) => [name, { objects: 10, bytes: 100 }]),
    ),
    volumes: namespaces.map((namespace) => ({ namespace, name: 'data', reason: 'no' })),
    createdBy: 'ada',
    run: 'r',
  };
  return { manifest, revision: `commit-of-${id}` };
}

eachDatabase('the index of backups', (open) => {
  const repositories = () => {
    const { db } = open();
    return [createBackupsRepository(db), createBackupListRepository(db)] as const;
  };
  const filter = { cluster: 'a' };

  test.each([
    ['newest', ['c', 'b', 'a', 'd']],
    ['oldest', ['d', 'a', 'b', 'c']],
    ['name', ['a', 'b', 'c', 'd']],
    ['largest', ['d', 'c', 'a', 'b']],
  ] as const)('pages through every backup once, %s first', async (order, expected) => {
    const [backups, list] = repositories();
    const given = [
      ['a', 2, 50],
      ['b', 3, 10],
      ['c', 4, 70],
      ['d', 1, 90],
    ] as const;
    for (const [id, at, bytes] of given) {
      const { manifest, revision } = found(id, [], at);
      await backups.put('a', { manifest: { ...manifest, bytes }, revision });
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list.list(filter, 'all', { limit: 1, cursor, order });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(expected);
  });

  test('the order of sizes is not told to a reader of some namespaces only', async () => {
    const [, list] = repositories();
    await expect(list.list(filter, ['shop'], { limit: 1, order: 'largest' })).rejects.toMatchObject(
      { problem: { code: 'backups.order_not_yours', status: 403 } },
    );
  });

  test('lists, totals and facets of a bound reader hold only their namespaces', async () => {
    const [backups, list] = repositories();
    await backups.put('a', found('whole', ['shop', 'pay'], 1));
    await backups.put('a', found('hers', ['pay'], 2));
    const { items } = await list.list(filter, ['shop'], { limit: 10 });
    expect(
      items.map(({ id, objects, namespaces, volumesNotBackedUp }) => [
        id,
        objects,
        namespaces,
        volumesNotBackedUp,
      ]),
    ).toEqual([['whole', 10, ['shop'], 1]]);
    expect(await list.total(filter, ['shop'])).toBe(1);
    const { namespace, state } = await list.facets(filter, ['shop']);
    expect([namespace, state]).toEqual([
      [{ value: 'shop', backups: 1 }],
      [{ value: 'completed', backups: 1 }],
    ]);
    expect(await list.total(filter, [])).toBe(0);
    expect(await list.total({ ...filter, namespace: 'pay' }, ['shop'])).toBe(0);
  });

  test('cluster-scoped objects make no backup visible', async () => {
    const [backups, list] = repositories();
    await backups.put('a', found('scoped', []));
    expect(await list.total(filter, ['shop', ''])).toBe(0);
  });

  test('pages go from the newest to the oldest without gap or repetition', async () => {
    const [backups, list] = repositories();
    for (let at = 0; at < 11; at++) await backups.put('a', found(`b${at}`, ['shop'], at >> 1));
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await list.list(filter, 'all', { limit: 3, cursor });
      seen.push(...page.items.map(({ id }) => id));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect([seen.length, new Set(seen).size, seen[0], seen.at(-1)]).toEqual([11, 11, 'b10', 'b0']);
  });

  test('putting a backup again replaces what was known, and keeps its pin', async () => {
    const [backups] = repositories();
    await backups.put('a', found('one', ['shop', 'pay']));
    await backups.pin('a', 'one', { note: 'audit', until: null });
    await backups.put('a', found('one', ['shop']));
    expect(await backups.namespaceNames('a', 'one')).toEqual(['shop']);
    expect((await backups.find('a', 'one'))?.backup.pin?.note).toBe('audit');
  });

  test('a search text is a text, not a pattern', async () => {
    const [backups, list] = repositories();
    await backups.put('a', found('nightly-1', ['shop']));
    expect(await list.total({ ...filter, search: 'night' }, 'all')).toBe(1);
    expect(await list.total({ ...filter, search: 'NIGHT' }, 'all')).toBe(1);
    expect(await list.total({ ...filter, search: 'n%1' }, 'all')).toBe(0);
  });

  test('a verification takes back a damage, and a missing one can come back', async () => {
    const [backups] = repositories();
    const at = { cluster: 'a', backup: 'one' };
    await backups.put('a', found('one', ['shop']));
    await backups.setState(at, 'damaged');
    await backups.setVerified(at, 5, open().db);
    expect((await backups.find('a', 'one'))?.backup.state).toBe('completed');
    await backups.setMissing(at);
    expect((await backups.index('a'))[0]).toEqual({ id: 'one', state: 'damaged', revision: '' });
    await backups.remove(at, open().db);
    expect(await backups.namespaceNames('a', 'one')).toEqual([]);
  });
});
