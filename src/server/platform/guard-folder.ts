import { readFileSync, writeFileSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import * as z from 'zod/mini';
import { makeFolder } from './folders.ts';
import { dataFolderUnusable, dataInUse } from './guard.errors.ts';

export type Guard = { release: () => Promise<void> };

const owner = z.object({ pid: z.int(), since: z.string() });
const tryAgainAfter = 100;

/**
 * One process per data folder, which is made when it is missing. The lock is SQLite's own on a file of
 * its own: the system takes it back when the process dies, however it dies, so there is nothing stale
 * to clean up. `patience`: milliseconds that another owner may take to go.
 */
export async function guardFolder(data: string, { patience = 0 } = {}): Promise<Guard> {
  const until = performance.now() + patience;
  await checkFolder(data);
  for (;;) {
    try {
      return takeFolder(data);
    } catch (error) {
      if (!isBusy(error)) throw dataFolderUnusable(data, error);
    }
    if (performance.now() >= until) throw dataInUse(ownerSentence(data));
    await sleep(tryAgainAfter);
  }
}

/** Makes the folder when it is missing; refuses one that cannot be written, and says why. */
export async function checkFolder(data: string): Promise<void> {
  try {
    await makeFolder(data);
    await access(data, constants.W_OK); // SQLite would only say that it cannot
  } catch (error) {
    throw dataFolderUnusable(data, error);
  }
}

function takeFolder(data: string): Guard {
  const lock = new Database(join(data, 'owner.lock'));
  try {
    lock.pragma('busy_timeout = 0');
    lock.pragma('journal_mode = memory'); // no file of its own, which a full disk would refuse
    lock.exec('begin exclusive');
    const me = { pid: process.pid, since: new Date().toISOString() };
    writeFileSync(ownerFile(data), JSON.stringify(me));
  } catch (error) {
    lock.close();
    throw error;
  }
  return { release: async () => void lock.close() };
}

const ownerFile = (data: string) => join(data, 'owner.json');

const isBusy = (error: unknown): boolean =>
  error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');

/** The file is for this sentence alone: without it the lock holds all the same. */
function ownerSentence(data: string): string {
  try {
    const { pid, since } = owner.parse(JSON.parse(readFileSync(ownerFile(data), 'utf8')));
    return `It is process ${pid}, started ${since}.`;
  } catch {
    return 'It does not say which process it is.';
  }
}
