import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import Database from 'better-sqlite3';
import pg from 'pg';
import { databaseInUse, databaseUnusable } from './database/database.errors.ts';

export type Guard = { release: () => Promise<void> };

/**
 * One process per data folder. The lock is SQLite's own on a file of its own: the system takes it back
 * when the process dies, however it dies, so there is nothing stale to clean up.
 */
export async function guardFolder(data: string): Promise<Guard> {
  const owner = join(data, 'owner.json');
  const lock = await openLock(data);
  try {
    lock.pragma('busy_timeout = 0');
    lock.exec('begin exclusive');
  } catch {
    lock.close();
    throw databaseInUse(ownerSentence(owner));
  }
  writeFileSync(owner, JSON.stringify({ pid: process.pid, since: new Date().toISOString() }));
  return { release: async () => void lock.close() };
}

async function openLock(data: string): Promise<Database.Database> {
  try {
    await mkdir(data, { recursive: true, mode: 0o700 });
    return new Database(join(data, 'owner.lock'));
  } catch (error) {
    throw databaseUnusable(data, error);
  }
}

function ownerSentence(path: string): string {
  try {
    const { pid, since } = JSON.parse(readFileSync(path, 'utf8')) as { pid: number; since: string };
    return `It is process ${pid}, started ${since}.`;
  } catch {
    return 'It does not say which process it is.';
  }
}

/** 'lifeboat' as a number: the same for every process on the same database. */
const advisoryKey = 0x6c69_6665;

/**
 * One active process per PostgreSQL database: waits until the lock is free. `onLost` is called when the
 * connection that holds it breaks, for then another process may already be working.
 */
export async function guardPostgres({
  url,
  signal,
  onLost,
}: {
  url: string;
  signal: AbortSignal;
  onLost: () => void;
}): Promise<Guard> {
  const client = new pg.Client({ connectionString: url, keepAlive: true });
  await client.connect();
  let held = true;
  const lose = () => {
    if (held) onLost();
    held = false;
  };
  client.on('error', lose);
  client.on('end', lose);
  const giveUp = () => void client.end();
  signal.addEventListener('abort', giveUp, { once: true });
  await client.query('select pg_advisory_lock($1)', [advisoryKey]);
  signal.removeEventListener('abort', giveUp);
  return {
    release: async () => {
      held = false;
      await client.end();
    },
  };
}
