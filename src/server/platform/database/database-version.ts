import { PostgresAdapter, sql } from 'kysely';
import type { Db } from './database.ts';

/** `SQLite 3.50.4`, `PostgreSQL 18.4`. Throws when the database does not answer. */
export async function databaseVersion(db: Db): Promise<string> {
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  const asked = isPostgres
    ? sql<{ version: string }>`select current_setting('server_version') as version`
    : sql<{ version: string }>`select sqlite_version() as version`;
  const [row] = (await asked.execute(db)).rows;
  return `${isPostgres ? 'PostgreSQL' : 'SQLite'} ${row?.version.split(' ')[0] ?? ''}`.trim();
}
