import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { storageFull, storageReadOnly } from './git.errors.ts';

/** Writes are only safe on the disk when the file and the folder that names it are. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** From `path` up to and including `top`; folders that git has tidied away are passed over. */
export async function syncFolders(path: string, top: string): Promise<void> {
  for (let at = path; at.startsWith(top); at = join(at, '..')) {
    await syncPath(at).catch(unlessMissing);
    if (at === top) return;
  }
}

export function unlessMissing(error: unknown): undefined {
  if (hasCode(error, 'ENOENT')) return undefined;
  throw error;
}

export const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

/** The first write of a piece of work: says when the folder takes none. */
export async function firstWrite<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const refused = ['EROFS', 'EACCES', 'EPERM'].some((code) => hasCode(error, code));
    if (refused || isRefusedFolder(error)) throw storageReadOnly(error);
    if (hasCode(error, 'ENOSPC') || hasCode(error, 'EDQUOT')) throw storageFull();
    throw error;
  }
}

/** mkdir that makes parents, too, answers ENOENT where the file system is read-only. */
const isRefusedFolder = (error: unknown): boolean =>
  hasCode(error, 'ENOENT') &&
  error instanceof Error &&
  'syscall' in error &&
  error.syscall === 'mkdir';

/** Sizes of the files of a folder by name; a folder that does not exist is empty. */
export async function fileSizes(folder: string): Promise<Map<string, number>> {
  const names = (await readdir(folder).catch(unlessMissing)) ?? [];
  const sizes = new Map<string, number>();
  for (const name of names) {
    const found = await stat(join(folder, name)).catch(unlessMissing);
    if (found?.isFile()) sizes.set(name, found.size);
  }
  return sizes;
}

export const total = (sizes: Iterable<number>): number =>
  [...sizes].reduce((sum, one) => sum + one, 0);
