import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Binary, type Module, fileNames, moduleHash, modules } from './modules.ts';

export type Binaries = Record<Binary, string>;

/** Built once per machine, outside the checkout; a change of versions gets a folder of its own. */
export const cacheFolder = (module: Module): string =>
  join(homedir(), '.cache', 'lifeboat', 'testbed', moduleHash(module));

/** The file of a binary, or undefined: named folders first, then the cache. */
export function findBinary(binary: Binary): string | undefined {
  const module = moduleOf(binary);
  const folders = [
    process.env['LIFEBOAT_TESTBED'],
    process.env['KUBEBUILDER_ASSETS'],
    cacheFolder(module),
  ].filter((folder) => folder !== undefined && folder !== '');
  return folders
    .flatMap((folder) => fileNames(binary).map((name) => join(folder ?? '', name)))
    .find(isExecutable);
}

export function moduleOf(binary: Binary): Module {
  const module = modules.find(({ packages }) => packages.some((one) => one.binary === binary));
  if (!module) throw new Error(`No module builds ${binary}.`);
  return module;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
