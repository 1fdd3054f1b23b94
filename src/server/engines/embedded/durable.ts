import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

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
