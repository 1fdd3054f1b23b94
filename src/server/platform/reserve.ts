import { randomFillSync } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { diskOf } from './disk.ts';
import { createTurns } from './in-turn.ts';
import type { Log } from './log.ts';
import { isDiskFull, noRoom } from './problems.errors.ts';

export type Reserve = {
  /** Before an act that frees space, or leads to one: when little is left the reserve becomes room. */
  giveUpIfLow: () => Promise<void>;
  /** Before any other act. Throws `server.disk_full` where it would use what is kept for the former. */
  leaveUntouched: () => Promise<void>;
  close: () => Promise<void>;
};

type Needs = {
  folder: string;
  log: Log;
  /** Bytes: enough for the list of names of 100,000 backups to be written anew, and the database's log. */
  size?: number;
  refillEvery?: number;
  free?: (folder: string) => Promise<number>;
};

const mebibyte = 1024 * 1024;

/**
 * A file of the data folder that is there to be removed: nothing happens without its entry in the audit
 * trail, so on a full disk not even a backup could be deleted. It is made again once twice its size is
 * free. On opening it is given up at once where little is left, because a start writes, too.
 */
export async function openReserve(needs: Needs): Promise<Reserve> {
  const { folder, log, size = 32 * mebibyte, refillEvery = 30_000, free = freeOf } = needs;
  const file = join(folder, 'reserve');
  const inTurn = createTurns();
  let held = await isThere(file);
  const giveUpIfLow = async () => {
    if (!held || (await free(folder)) >= size) return;
    await rm(file, { force: true });
    held = false;
    log.warn({ bytes: size }, 'the disk is full: the reserve for deleting is given up');
  };
  const refill = async () => {
    if (held || (await free(folder)) < 2 * size) return;
    held = await fill(file, size);
  };
  const refillLater = () =>
    void inTurn(refill).catch((error: unknown) => log.warn({ err: error }, 'no reserve made'));
  await giveUpIfLow();
  refillLater();
  const timer = setInterval(refillLater, refillEvery).unref();
  return {
    giveUpIfLow: () => inTurn(giveUpIfLow),
    leaveUntouched: async () => {
      if (!held && (await free(folder)) < size) throw noRoom(undefined);
    },
    close: async () => {
      clearInterval(timer);
      await inTurn(async () => {});
    },
  };
}

/** Under its name only when it is whole. False: there is no room for it after all. */
async function fill(file: string, size: number): Promise<boolean> {
  const draft = `${file}.new`;
  try {
    await write(draft, size);
    await rename(draft, file);
    return true;
  } catch (error) {
    await rm(draft, { force: true });
    if (isDiskFull(error)) return false;
    throw error;
  }
}

/** Random, because a file system that compresses keeps no room for zeros. */
async function write(file: string, size: number): Promise<void> {
  const piece = randomFillSync(Buffer.alloc(Math.min(size, mebibyte)));
  const handle = await open(file, 'w', 0o600);
  try {
    for (let left = size; left > 0; left -= piece.length)
      await handle.writeFile(piece.subarray(0, Math.min(left, piece.length)));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

const freeOf = async (folder: string): Promise<number> => (await diskOf(folder))?.free ?? Infinity;
