import { statfs } from 'node:fs/promises';

/** Room of the file system that holds this folder, bytes; null when it does not say. */
export async function diskOf(folder: string): Promise<{ free: number; total: number } | null> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { free: bavail * bsize, total: blocks * bsize };
  } catch {
    return null; // some file systems do not count; nothing that was asked for depends on it
  }
}
