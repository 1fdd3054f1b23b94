import { dirname, join } from 'node:path';
import { Kysely, sql } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Tables } from '../tables.ts';
import { makeFolder } from '../folders.ts';
import { ProblemError } from '../problems.ts';
import { databaseUnusable } from './database.errors.ts';
import { valuesPlugin } from './values.plugin.ts';
import type { Dialect } from './dialects.ts';
import { migrate } from './migrate.ts';
import { migrations as newest } from './migrations.ts';
import { addressOf, postgresDialect, postgresPool } from './postgres.ts';
import { copySqlite, sqliteDialect } from './sqlite.ts';

export type Db = Kysely<Tables>;
export type OpenDatabase = { db: Db; dialect: Dialect; close: () => Promise<void> };

type Needs = { clock: Clock; migrations: typeof newest };
type Given = { url: string; clock: Clock; migrations?: typeof newest };

/**
 * `url`: `postgres://…`, a file's path, or `:memory:`. The database is at its newest state when this
 * answers; before that a copy of the old state was kept (beside the file, or in a schema of its own).
 */
export async function openDatabase({ url, clock, ...more }: Given): Promise<OpenDatabase> {
  const given = { clock, migrations: newest, ...more };
  const postgres = /^postgres(ql)?:/.test(url);
  try {
    return await (postgres ? openPostgres(url, given) : openSqlite(url, given));
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw databaseUnusable(postgres ? addressOf(url) : url, error);
  }
}

async function openSqlite(path: string, given: Needs): Promise<OpenDatabase> {
  if (path !== ':memory:') await makeFolder(dirname(path));
  const db: Db = new Kysely({ dialect: sqliteDialect(path), plugins: [valuesPlugin()] });
  await migrateOrClose(db, {
    dialect: 'sqlite',
    migrations: given.migrations,
    copy: async () => {
      const to = join(dirname(path), `lifeboat-before-${stamp(given.clock)}.db`);
      await copySqlite(path, to);
      return to;
    },
  });
  return { db, dialect: 'sqlite', close: () => db.destroy() };
}

async function openPostgres(url: string, given: Needs): Promise<OpenDatabase> {
  const pool = postgresPool(url);
  const db: Db = new Kysely({ dialect: postgresDialect(pool), plugins: [valuesPlugin()] });
  await migrateOrClose(db, {
    dialect: 'postgres',
    migrations: given.migrations,
    copy: () => copyToSchema(db, `lifeboat_before_${stamp(given.clock)}`),
  });
  return { db, dialect: 'postgres', close: () => db.destroy() };
}

async function migrateOrClose(db: Db, how: Omit<Parameters<typeof migrate>[0], 'db'>) {
  try {
    await migrate({ db: db as Kysely<unknown>, ...how });
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** Every table as it is now, in a schema that nothing else uses. */
async function copyToSchema(db: Db, schema: string): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = current_schema() and table_type = 'BASE TABLE'`.execute(db);
  await db.transaction().execute(async (work) => {
    await sql`create schema ${sql.id(schema)}`.execute(work);
    for (const { name } of rows)
      await sql`create table ${sql.id(schema, name)} as table ${sql.id(name)}`.execute(work);
  });
  return `schema ${schema}`;
}

const stamp = (clock: Clock) => clock().toString({ smallestUnit: 'second' }).replace(/\D/g, '');
