import { mkdir, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { exportRootMissing, exportRootUnusable, folderOutside } from './export.errors.ts';
import { backupsFolder } from './velero-layout.models.ts';

/**
 * The real path of `<folder>/backups`, made if needed; refused when it is not below the root, by
 * `..`, an absolute path or a link. Checked before anything is made, and again on what is there.
 */
export async function openBackupsFolder(
  exportRoot: string | null,
  folder: string,
): Promise<string> {
  if (exportRoot === null) throw exportRootMissing();
  const root = await realpath(exportRoot).catch((error: unknown) => {
    throw exportRootUnusable(codeOf(error));
  });
  // oxlint-disable-next-line no-control-regex -- those are what is refused
  if (/[\u0000-\u001f\u007f]/.test(folder)) throw folderOutside();
  const given = isAbsolute(folder) ? relative(resolve(exportRoot), resolve(folder)) : folder;
  const wanted = join(resolve(root, given), backupsFolder);
  if (!isInside(root, dirname(wanted))) throw folderOutside();
  if (!isInside(root, await existingPart(wanted))) throw folderOutside();
  await mkdir(wanted, { recursive: true, mode: 0o700 });
  const real = await realpath(wanted);
  if (!isInside(root, real)) throw folderOutside();
  return real;
}

/** The real path of the deepest folder on the way that exists. */
async function existingPart(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    // A link that leads nowhere ends here too; mkdir refuses to make its target.
    if (codeOf(error) !== 'ENOENT' || dirname(path) === path) throw error;
    return existingPart(dirname(path));
  }
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
