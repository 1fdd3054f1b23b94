import Database from 'better-sqlite3';
import { type Dialect, type Driver, SqliteDialect } from 'kysely';

/**
 * One file, WAL. better-sqlite3 sets synchronous to NORMAL in WAL mode, with which a power loss can
 * take back what was acknowledged: FULL it is.
 */
export function sqliteDialect(path: string): Dialect {
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.pragma('busy_timeout = 5000');
  database.defaultSafeIntegers(true);
  const dialect = new SqliteDialect({ database });
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: () => rollingBackOnce(dialect.createDriver(), database),
  };
}

/**
 * After some errors, a full disk among them, SQLite has rolled back by itself; another rollback would
 * fail, and its error would hide the first (https://www.sqlite.org/lang_transaction.html, section 3).
 */
function rollingBackOnce(driver: Driver, database: Database.Database): Driver {
  const rollback = driver.rollbackTransaction.bind(driver);
  driver.rollbackTransaction = async (connection) => {
    if (database.inTransaction) await rollback(connection);
  };
  return driver;
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
