import { PostgresDialect } from 'kysely';
import pg from 'pg';

const int8 = 20;
const numeric = 1700;

/** What a double cannot hold exactly is refused instead of being rounded. */
function safeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is not a safe integer`);
  return value;
}

/** A pool whose 64-bit integers arrive as numbers; sums (`numeric`) likewise. */
export function postgresPool(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 10_000,
    types: {
      getTypeParser: (type: number, format?: 'text' | 'binary') =>
        type === int8 || type === numeric ? safeNumber : pg.types.getTypeParser(type, format),
    } as pg.CustomTypesConfig,
  });
  // An idle connection that breaks is replaced at the next query, which reports what is wrong then.
  pool.on('error', () => undefined);
  return pool;
}

export const postgresDialect = (pool: pg.Pool): PostgresDialect => new PostgresDialect({ pool });

/** For sentences. Never the whole address: it holds the password. */
export const addressOf = (url: string): string =>
  URL.canParse(url) ? new URL(url).host : 'DATABASE_URL';
