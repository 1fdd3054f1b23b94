import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { unlessMissing } from './durable.ts';
import { startGit } from './git.ts';
import { quotePath } from './git.models.ts';
import { packFolder } from './repository.ts';

export type ImportOrder = {
  gitDir: string;
  ref: string;
  message: string;
  /** Seconds since 1970. */
  at: number;
};

export type Importer = {
  /** Whole commands, which must not be used afterwards; settled when there is room for more. */
  write: (commands: Uint8Array<ArrayBuffer>) => Promise<void>;
  /** Settled when the commit is there; throws when git refused something. */
  finish: () => Promise<void>;
  abort: () => Promise<void>;
};

/** `group`: process group of the git that is fed; undefined when it could not be started. */
export type FedGit = Importer & { group: number | undefined };

/** Bytes that may wait for git, so that it works on while the next pages are fetched and cut. */
const queueBytes = 8 * 1024 * 1024;

/**
 * Writes one commit without parent. `feature done` makes git refuse a stream that ends without
 * `done`: otherwise a feeder that dies midway leaves a ref to half a tree.
 */
export function startImport(order: ImportOrder): FedGit {
  const { child, ended } = startGit({
    gitDir: order.gitDir,
    args: ['fast-import', '--quiet', '--depth=0', '--done', '--date-format=raw'],
    ownGroup: true,
  });
  const { stdin } = child;
  const gone = ended.then(() => undefined);
  gone.catch(() => undefined); // whoever writes next hears of it
  const message = Buffer.from(order.message);
  stdin?.write(
    `feature done\ncommit ${order.ref}\ncommitter Lifeboat <lifeboat@localhost> ${order.at} +0000\ndata ${message.length}\n`,
  );
  stdin?.write(message);
  stdin?.write('\n');
  let queued = 0;
  let taken = Promise.withResolvers<void>();
  const onTaken = (commands: Uint8Array<ArrayBuffer>) => {
    queued -= commands.length;
    // Its memory is given back now: this thread makes so little garbage that it is seldom collected.
    commands.buffer.transfer(0);
    taken.resolve();
    taken = Promise.withResolvers();
  };
  return {
    group: child.pid,
    write: async (commands) => {
      if (child.exitCode !== null || child.signalCode !== null) await gone;
      queued += commands.length;
      stdin?.write(commands, () => onTaken(commands));
      while (queued > queueBytes) await Promise.race([taken.promise, gone]);
    },
    finish: async () => {
      stdin?.end('\ndone\n');
      await gone;
    },
    abort: async () => {
      child.kill('SIGKILL');
      await gone.catch(() => undefined); // it was told to end
    },
  };
}

export const deleteCommand = (path: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(`D ${quotePath(path)}\n`);

/** What an import that was killed leaves: half packs, and a report that quotes what was written. */
export async function removeLeftovers(gitDir: string): Promise<void> {
  const remove = async (folder: string, pattern: RegExp) => {
    for (const name of (await readdir(folder).catch(unlessMissing)) ?? [])
      if (pattern.test(name)) await rm(join(folder, name), { force: true, recursive: true });
  };
  await remove(packFolder(gitDir), /^(tmp_|\.tmp-)/);
  await remove(join(gitDir, 'objects'), /^(tmp_|tmp-|incoming-)/);
  await remove(gitDir, /^fast_import_crash_/);
}
