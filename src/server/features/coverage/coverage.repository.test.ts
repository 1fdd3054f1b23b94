import { expect, test } from 'vitest';
import type { Tables } from '../../platform/tables.ts';
import { eachDatabase } from '../../testing/databases.ts';
import { createCoverageRepository } from './coverage.repository.ts';
import { findPoints } from './points.ts';

const noon = Date.UTC(2026, 10, 23, 12);

const row = (id: string, over: Partial<Tables['backup']> = {}): Tables['backup'] => ({
  cluster: 'a',
  id,
  engine: 'embedded',
  state: 'completed',
  type: 'incremental',
  started_at: noon,
  completed_at: noon,
  expires_at: null,
  namespaces: null,
  objects: 1,
  bytes: 1,
  kinds_not_read: 0,
  volumes: 0,
  spec_json: '{}',
  server_version: 'v1.34.0',
  revision: id,
  verified_at: null,
  schedule: null,
  ...over,
});

eachDatabase('what holds a namespace', (open) => {
  const put = async (backup: Tables['backup'], namespaces: readonly string[]) => {
    const { db } = open();
    await db.insertInto('backup').values(backup).execute();
    for (let at = 0; at < namespaces.length; at += 1000) {
      const some = namespaces.slice(at, at + 1000).map((namespace) => ({
        cluster: backup.cluster,
        backup: backup.id,
        namespace,
        objects: 1,
        bytes: 1,
        volumes: 0,
      }));
      await db.insertInto('backup_namespace').values(some).execute();
    }
  };
  const pointsOf = (...names: string[]) =>
    findPoints(
      'a',
      names.map((name) => ({ name, createdAt: null })),
      createCoverageRepository(open().db),
    );

  test('damaged and disappearing backups, and those of other clusters, are no restore points', async () => {
    await put(row('damaged', { state: 'damaged' }), ['shop']);
    await put(row('going', { state: 'deleting' }), ['shop']);
    await put(row('elsewhere', { cluster: 'b' }), ['shop']);
    expect((await pointsOf('shop')).get('shop')?.newest).toBeNull();
  });

  test('the newest partial backup does not hide the older complete one', async () => {
    await put(row('old', { started_at: noon - 1000 }), ['shop']);
    await put(row('new', { state: 'partial' }), ['shop']);
    const found = (await pointsOf('shop')).get('shop');
    expect([found?.newest?.id, found?.complete?.id]).toEqual(['new', 'old']);
  });

  test('a backup of chosen kinds does not stand in front of one of everything', async () => {
    await put(row('old', { started_at: noon - 1000 }), ['shop']);
    await put(row('maps', { spec_json: '{"kinds":["configmaps"]}' }), ['shop']);
    const found = (await pointsOf('shop')).get('shop');
    expect([found?.newest?.id, found?.narrowed?.id]).toEqual(['old', 'maps']);
    expect(found?.narrowed?.narrowedTo).toBe('only the kinds configmaps');
  });

  test('a namespace whose only backup lies behind hundreds of others is found', async () => {
    await put(row('first', { started_at: noon - 10_000 }), ['ledger']);
    for (let at = 0; at < 100; at++)
      await put(row(`shop-${at}`, { started_at: noon - at, namespaces: '["shop"]' }), ['shop']);
    const found = await pointsOf('ledger', 'shop', 'new');
    expect(found.get('ledger')?.newest?.id).toBe('first');
    expect(found.get('shop')?.newest?.id).toBe('shop-0');
    expect(found.get('new')?.newest).toBeNull();
  });

  test('ten thousand namespaces are judged in less than two seconds', async () => {
    const names = Array.from({ length: 10_000 }, (_, at) => `team-${at}`);
    await put(row('whole'), names);
    await put(row('older', { started_at: noon - 1000 }), names);
    const began = performance.now();
    const found = await pointsOf(...names, 'new');
    expect(performance.now() - began).toBeLessThan(2000);
    expect([...found.values()].filter(({ complete }) => complete?.id === 'whole')).toHaveLength(
      10_000,
    );
  });

  test('damage and the last verification are told of one cluster', async () => {
    await put(row('x', { state: 'damaged', verified_at: noon + 5 }), []);
    await put(row('y', { verified_at: noon }), []);
    const store = createCoverageRepository(open().db);
    expect(await store.condition('a')).toEqual({ damaged: ['x'], verifiedAt: noon });
    expect(await store.condition('b')).toEqual({ damaged: [], verifiedAt: null });
  });
});
