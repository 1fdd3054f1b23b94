import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { expect, test } from 'vitest';
import { eachDatabase, newPostgres, newSqlite, testClock } from '../../testing/databases.ts';
import { openDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations.ts';

const hostile = [
  'a',
  'B',
  'b',
  'ä',
  '\0',
  'a\0b',
  '\u{E000}',
  '\u{E000}0',
  "'; drop table pin; --",
  '😀',
];

eachDatabase('the database', (use) => {
  test('hostile names come back as they were and are paged in bytewise order', async () => {
    const { db } = use();
    for (const name of hostile)
      await db
        .insertInto('pin')
        .values({ cluster: 'c', backup: name, note: name, until: null })
        .execute();
    const seen: string[] = [];
    for (let last: string | undefined; ; last = seen.at(-1)) {
      const rows = await db
        .selectFrom('pin')
        .selectAll()
        .where('cluster', '=', 'c')
        .$if(last !== undefined, (q) => q.where('backup', '>', last ?? ''))
        .orderBy('backup')
        .limit(3)
        .execute();
      if (rows.length === 0) break;
      for (const row of rows) expect(row.note).toBe(row.backup);
      seen.push(...rows.map(({ backup }) => backup));
    }
    expect(seen.toSorted()).toEqual(hostile.toSorted());
    expect(seen.slice(0, 2)).not.toContain('ä');
    expect(seen.indexOf('B')).toBeLessThan(seen.indexOf('a'));
  });

  test('instants come back as numbers, also summed and counted', async () => {
    const { db } = use();
    const at = Date.UTC(2200, 0, 1);
    await db
      .insertInto('run_log')
      .values({ run: 'r', seq: 1, at, level: 'info', message: '' })
      .execute();
    const row = await db
      .selectFrom('run_log')
      .select(['at', sql<number>`sum(at)`.as('sum'), (e) => e.fn.countAll<number>().as('n')])
      .groupBy('at')
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ at, sum: at, n: 1 });
  });

  test('a number that cannot be held exactly is refused, not rounded', async () => {
    const { db } = use();
    const act = sql`select cast(${'9007199254740993'} as bigint) as n`.execute(db);
    await expect(act).rejects.toThrow('9007199254740993 is not a safe integer');
  });

  test('what a failed transaction wrote is gone', async () => {
    const { db } = use();
    const act = db.transaction().execute(async (work) => {
      await work.insertInto('meta').values({ key: 'k', value: 'v' }).execute();
      throw new Error('broken on the way');
    });
    await expect(act).rejects.toThrow('broken on the way');
    expect(await db.selectFrom('meta').selectAll().execute()).toEqual([]);
  });

  test('a migration that fails leaves the state before it', async () => {
    const { db, dialect } = use();
    const broken = {
      name: '9001-broken',
      up: async (work: Parameters<typeof migrate>[0]['db']) => {
        await work.schema.createTable('half').addColumn('a', 'text').execute();
        throw new Error('no such thing');
      },
    };
    const given = { db: db as never, dialect, copy: async () => 'a copy' };
    await expect(migrate({ ...given, migrations: [...migrations, broken] })).rejects.toThrow(
      /9001-broken/,
    );
    await expect(sql`select * from half`.execute(db)).rejects.toThrow(/half/);
    await expect(migrate(given)).resolves.toBeUndefined();
  });

  test('data of a newer version is refused and left alone', async () => {
    const { db, dialect } = use();
    await sql`insert into migration (name) values (${'9999-future'})`.execute(db);
    const act = migrate({ db: db as never, dialect, copy: async () => 'a copy' });
    await expect(act).rejects.toThrow('This data was written by a newer Lifeboat.');
  });
});

const later = {
  name: '9001-later',
  up: async (work: Kysely<unknown>) => {
    await sql`delete from meta`.execute(work);
  },
};

test.each([
  ['SQLite file', newSqlite, (_: Kysely<unknown>, copy: string) => openCopy(copy)],
  ['PostgreSQL schema', newPostgres, inSchema],
])('before a migration a copy of the old %s is kept', async (_, newPlace, readCopy) => {
  const place = await newPlace();
  const first = await openDatabase({ url: place.url, clock: testClock });
  await first.db.insertInto('meta').values({ key: 'k', value: 'before' }).execute();
  await first.close();
  const again = await openDatabase({
    url: place.url,
    clock: testClock,
    migrations: [...migrations, later],
  });
  expect(await again.db.selectFrom('meta').selectAll().execute()).toEqual([]);
  expect(await readCopy(again.db as never, place.url)).toEqual([{ key: 'k', value: 'before' }]);
  await again.close();
  await place.remove();
});

async function openCopy(url: string) {
  const folder = dirname(url);
  const name = (await readdir(folder)).find((file) => file.startsWith('lifeboat-before-'));
  const { db, close } = await openDatabase({ url: join(folder, name ?? ''), clock: testClock });
  const rows = await db.selectFrom('meta').selectAll().execute();
  await close();
  return rows;
}

async function inSchema(db: Kysely<unknown>) {
  const { rows } = await sql`select * from lifeboat_before_20261123120000.meta`.execute(db);
  return rows;
}

test.each([
  ['SQLite', newSqlite],
  ['PostgreSQL', newPostgres],
])('opening %s again changes nothing', async (_, newPlace) => {
  const place = await newPlace();
  const first = await openDatabase({ url: place.url, clock: testClock });
  await first.db.insertInto('meta').values({ key: 'k', value: 'v' }).execute();
  await first.close();
  const again = await openDatabase({ url: place.url, clock: testClock });
  expect(await again.db.selectFrom('meta').select('value').execute()).toEqual([{ value: 'v' }]);
  await again.close();
  await place.remove();
});

test.each([
  ['a folder that may not be written', '/dev/null/lifeboat/x.db', 'database.unusable'],
  ['a PostgreSQL that is not there', 'postgres://u:secret@127.0.0.1:1/x', 'database.unusable'],
])('%s is told in a plain sentence without the password', async (_, url, code) => {
  const error = await openDatabase({ url, clock: testClock }).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ problem: { code } });
  expect(JSON.stringify((error as { problem: object }).problem)).not.toContain('secret');
});
