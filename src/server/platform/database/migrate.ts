import { type Kysely, sql } from 'kysely';
import { databaseNewer, migrationFailed } from './database.errors.ts';
import { type Dialect, toolsFor } from './dialects.ts';
import { migrations as allMigrations } from './migrations.ts';

type Given = {
  db: Kysely<unknown>;
  dialect: Dialect;
  /** Keeps a copy before anything changes; answers where it is. Not called on a new database. */
  copy: () => Promise<string>;
  migrations?: typeof allMigrations;
};

/**
 * Brings the database to the newest state. Each migration is one transaction with the row that says it
 * was done: either state is whole, whatever line the process dies on.
 */
export async function migrate({
  db,
  dialect,
  copy,
  migrations = allMigrations,
}: Given): Promise<void> {
  const done = await migrationsDone(db);
  const unknown = done.filter((name) => !migrations.some((known) => known.name === name));
  if (unknown.length > 0) throw databaseNewer(unknown);
  const open = migrations.filter(({ name }) => !done.includes(name));
  if (open.length === 0) return;
  const kept = done.length > 0 ? await copy() : null;
  for (const { name, up } of open) {
    await transaction(db, async (work) => {
      await up(work, toolsFor(dialect));
      await sql`insert into migration (name) values (${name})`.execute(work);
    }).catch((error: unknown) => {
      throw migrationFailed(name, kept, error);
    });
  }
}

/** SQLite has transactional DDL too, but only when every statement goes through one connection. */
const transaction = (db: Kysely<unknown>, act: (work: Kysely<unknown>) => Promise<void>) =>
  db.transaction().execute(act);

async function migrationsDone(db: Kysely<unknown>): Promise<string[]> {
  await sql`create table if not exists migration (name text primary key)`.execute(db);
  const { rows } = await sql<{ name: string }>`select name from migration order by name`.execute(
    db,
  );
  return rows.map(({ name }) => name);
}
