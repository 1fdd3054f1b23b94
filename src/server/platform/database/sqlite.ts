import Database from 'better-sqlite3';
import { SqliteDialect } from 'kysely';

/**
 * One file, WAL. better-sqlite3 sets synchronous to NORMAL in WAL mode, with which a power loss can
 * take back what was acknowledged: FULL it is.
 */
export function sqliteDialect(path: string): SqliteDialect {
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.pragma('busy_timeout = 5000');
  database.defaultSafeIntegers(true);
  return new SqliteDialect({ database });
}

/** A consistent copy of a database file that may be in use. */
export async function copySqlite(path: string, to: string): Promise<void> {
  const database = new Database(path, { readonly: true });
  try {
    await database.backup(to);
  } finally {
    database.close();
  }
}
