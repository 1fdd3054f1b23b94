import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and the ones above it that are missing; no harm when it is there. Throws what the
 * system says. One by one, because Node's own way of making parents tries without end where the system
 * answers ENOENT although the parent is there, as below /proc, and tells a full disk as ENOENT
 * (https://github.com/nodejs/node/issues/42808).
 */
export async function makeFolder(path: string): Promise<void> {
  const missing: string[] = [];
  for (let at = resolve(path); !(await isThere(at)); at = dirname(at)) missing.unshift(at);
  for (const folder of missing) await makeOne(folder);
}

async function makeOne(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    // Somebody else was faster, which is as good; a file of that name was found before.
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

/** Throws when a file is where a folder is needed. */
async function isThere(path: string): Promise<boolean> {
  try {
    if ((await stat(path)).isDirectory()) return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
  throw Object.assign(new Error(`${path} is not a folder`), { code: 'ENOTDIR', path });
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;
