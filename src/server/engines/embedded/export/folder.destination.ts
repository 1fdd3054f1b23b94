import { mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { dayLength } from '#shared/time/lengths.models.ts';
import { ProblemError } from '../../../platform/problems.ts';
import type { RunContext } from '../../engine.ts';
import type { Destination } from './destination.types.ts';
import { diskFull, folderUnusable, nameTaken } from './export.errors.ts';
import { codeOf, openBackupsFolder } from './folder-path.ts';

const unfinished = /^\.lifeboat-.{1,80}\.partial-/;
const abandonedAfter = dayLength;

/**
 * Writes into a hidden folder beside the final one and renames it when everything is on the disk.
 * It lies inside `backups/`: at the top Velero would object to it, elsewhere a rename might not be
 * possible. Readable by its owner alone: an export is plain text.
 */
export async function openFolder(
  given: { exportRoot: string | null; folder: string; name: string } & Pick<
    RunContext,
    'signal' | 'log'
  >,
): Promise<Destination> {
  const { exportRoot, folder, name, signal, log } = given;
  return explained(async () => {
    const backups = await openBackupsFolder(exportRoot, folder);
    const final = join(backups, name);
    const taken = () => nameTaken(name, `the folder ${folder}`);
    if (await exists(final)) throw taken();
    const work = await mkdtemp(join(backups, `.lifeboat-${name}.partial-`));
    await removeAbandoned(backups, (await stat(work)).mtimeMs);
    const state = { at: work };
    return {
      write: (file, body) => explained(() => writeDurably(join(work, file), body, signal)),
      publish: (file, body) =>
        explained(async () => {
          await writeDurably(join(work, file), [body], signal);
          await syncFolder(work);
          if (await exists(final)) throw taken();
          await rename(work, final);
          state.at = final;
          await syncFolder(backups);
        }),
      discard: async () => {
        await rm(state.at, { recursive: true, force: true }).catch((error: unknown) => {
          log('warning', `What was written could not be removed (${codeOf(error)}).`);
        });
      },
    };
  });
}

async function writeDurably(
  path: string,
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const part of body) {
      signal.throwIfAborted();
      await file.writeFile(part);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A rename is on the disk only when the folder that holds the name is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** What a killed process left; another export into this folder may be going on, so not the young. */
async function removeAbandoned(backups: string, now: number): Promise<void> {
  const names = (await readdir(backups)).filter((name) => unfinished.test(name));
  for (const name of names) {
    const { mtimeMs } = await stat(join(backups, name));
    if (now - mtimeMs > abandonedAfter)
      await rm(join(backups, name), { recursive: true, force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** EFBIG: what a limit on file sizes, or a file system such as FAT, says. */
const fullDisk = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

const refusals = new Set([
  'EACCES',
  'EEXIST',
  'ENOENT',
  'ENOTEMPTY',
  'EPERM',
  'EROFS',
  'ENOTDIR',
  'ENAMETOOLONG',
  'ELOOP',
  'EIO',
  'ESTALE',
]);

/** Says in sentences what the file system said in codes; everything else goes through. */
async function explained<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    const code = codeOf(error);
    if (fullDisk.has(code)) throw diskFull();
    if (refusals.has(code)) throw folderUnusable(code);
    throw error;
  }
}
