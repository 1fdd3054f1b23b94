import pg from 'pg';
import { databaseUnusable } from './database/database.errors.ts';
import { addressOf } from './database/postgres.ts';
import type { Guard } from './guard-folder.ts';

type Given = {
  url: string;
  /** Ends the waiting; what has the lock keeps it. */
  signal: AbortSignal;
  /** The connection that holds the lock broke: another process may already be working. */
  onLost: () => void;
};

/** 'lifeboat' as a number: the same for every process on the same database. */
const advisoryKey = 0x6c69_6665;

/**
 * One active process per PostgreSQL database: waits until the lock is free. Throws the reason of `signal`
 * when that comes first, and says so when PostgreSQL cannot be reached or goes away meanwhile.
 */
export async function guardPostgres({ url, signal, onLost }: Given): Promise<Guard> {
  signal.throwIfAborted();
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  });
  let held = false;
  const lose = () => {
    if (held) onLost();
    held = false;
  };
  client.on('error', lose);
  client.on('end', lose);
  await waitForLock(client, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    throw databaseUnusable(addressOf(url), error);
  });
  held = true;
  return {
    release: async () => {
      held = false;
      await client.end();
    },
  };
}

async function waitForLock(client: pg.Client, signal: AbortSignal): Promise<void> {
  const giveUp = () => void client.end();
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    await client.connect();
    await client.query('select pg_advisory_lock($1)', [advisoryKey]);
  } catch (error) {
    await client.end();
    throw error;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
