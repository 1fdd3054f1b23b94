import { mkdir, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileSizes, firstWrite, syncFolders, syncPath, total, unlessMissing } from './durable.ts';
import { git } from './git.ts';
import { noObject } from './git.models.ts';
import { clusterIdInvalid, nameInvalid, nameTaken } from './repository.errors.ts';

/**
 * `unpackLimit=1`: always a pack, never thousands of loose files. Bitmaps and commit graphs are for
 * long histories; ours are commits without parents.
 */
const configuration = `[core]
	repositoryformatversion = 0
	filemode = true
	bare = true
	fsync = all
	fsyncMethod = fsync
	compression = 1
	logAllRefUpdates = false
[pack]
	compression = 1
	windowMemory = 64m
[gc]
	auto = 0
	writeCommitGraph = false
[repack]
	writeBitmaps = false
[fastimport]
	unpackLimit = 1
[lifeboat]
	formatVersion = 1
`;

/** `DATA/repositories/<cluster>.git`. Throws for an id that could name another folder. */
export function repositoryPath(data: string, cluster: string): string {
  if (!/^[a-z0-9][a-z0-9.-]{0,62}$/.test(cluster)) throw clusterIdInvalid(cluster);
  return join(data, 'repositories', `${cluster}.git`);
}

export const backupRef = (name: string): string => {
  if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) throw nameInvalid(name);
  return `refs/backups/${name}`;
};
export const incomingRef = (run: string): string => `refs/incoming/${refPart(run)}`;
export const baseRef = 'refs/internal/base';

/** Ids of runs and plans inside the name of a ref. */
export const refPart = (text: string): string =>
  text.replaceAll(/[^A-Za-z0-9-]/g, '-').slice(0, 80);

export const repositoryExists = async (gitDir: string): Promise<boolean> =>
  (await stat(join(gitDir, 'config')).catch(unlessMissing)) !== undefined;

/** Whole or not at all: made beside its place, then moved there. */
export async function createRepository(gitDir: string): Promise<void> {
  const parent = dirname(gitDir);
  const draft = await firstWrite(async () => {
    await mkdir(parent, { recursive: true, mode: 0o700 });
    return mkdtemp(join(parent, '.new-'));
  });
  try {
    await git(draft, [
      'init',
      '--quiet',
      '--bare',
      '--object-format=sha1',
      '--template=',
      '-b',
      'main',
    ]);
    await writeFile(join(draft, 'config'), configuration);
    await syncPath(join(draft, 'config'));
    await syncPath(draft);
    await rename(draft, gitDir);
    await syncPath(parent);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

export type Ref = { name: string; oid: string };

export async function listRefs(gitDir: string, prefix: string): Promise<Ref[]> {
  const format = '--format=%(objectname) %(refname)';
  const printed = await git(gitDir, ['for-each-ref', format, prefix]);
  return printed
    .toString()
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [{ oid: line.slice(0, 40), name: line.slice(41) }]));
}

/** Null when there is no such ref. */
export async function resolveRef(gitDir: string, ref: string): Promise<string | null> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', ref];
  const printed = await git(gitDir, args, { ok: [1] });
  return printed.toString().trim() || null;
}

/** The id that a ref names, whether or not there is such an object. */
export async function readRef(gitDir: string, ref: string): Promise<string | null> {
  const printed = await git(gitDir, ['show-ref', '--hash', '--verify', '--quiet', ref], {
    ok: [1, 128],
  });
  if (printed.length > 0) return printed.toString().trim();
  const loose = await readFile(join(gitDir, ref), 'utf8').catch(unlessMissing);
  return loose?.trim() || null;
}

/** Durable when settled. */
export async function setRef(gitDir: string, ref: string, oid: string): Promise<void> {
  await git(gitDir, ['update-ref', ref, oid]);
  await syncFolders(dirname(join(gitDir, ref)), gitDir);
}

/** Makes a ref that must not exist yet: of two backups with one name one is refused. */
export async function publishRef(gitDir: string, ref: string, oid: string): Promise<void> {
  try {
    await git(gitDir, ['update-ref', ref, oid, noObject]);
  } catch (error) {
    if (await resolveRef(gitDir, ref)) throw nameTaken(ref.slice('refs/backups/'.length));
    throw error;
  }
  await syncFolders(dirname(join(gitDir, ref)), gitDir);
}

export async function deleteRefs(gitDir: string, refs: readonly string[]): Promise<void> {
  if (refs.length === 0) return;
  const input = refs.map((ref) => `delete ${ref}\n`).join('');
  await git(gitDir, ['update-ref', '--stdin'], { input });
  for (const folder of new Set(refs.map((ref) => dirname(join(gitDir, ref)))))
    await syncFolders(folder, gitDir);
}

export const packFolder = (gitDir: string): string => join(gitDir, 'objects', 'pack');

/** Packs, then their folders: from here on they survive a power cut. */
export async function syncPacks(gitDir: string, names: Iterable<string>): Promise<void> {
  for (const name of names) await syncPath(join(packFolder(gitDir), name));
  await syncFolders(packFolder(gitDir), gitDir);
}

/** Bytes of everything in the repository that grows. */
export async function repositorySize(gitDir: string): Promise<number> {
  const folders = (await readdir(join(gitDir, 'objects')).catch(unlessMissing)) ?? [];
  let bytes = total((await fileSizes(gitDir)).values());
  for (const folder of folders)
    bytes += total((await fileSizes(join(gitDir, 'objects', folder))).values());
  return bytes;
}

/** Ids of the keys that something in this repository was sealed with. */
export async function keysOf(gitDir: string): Promise<string[]> {
  const printed = await git(gitDir, ['config', '--get-all', 'lifeboat.key'], { ok: [1] });
  return printed.toString().split('\n').filter(Boolean);
}

export async function rememberKey(gitDir: string, id: string): Promise<void> {
  if ((await keysOf(gitDir)).includes(id)) return;
  await git(gitDir, ['config', '--add', 'lifeboat.key', id]);
  await syncPath(join(gitDir, 'config'));
  await syncPath(gitDir);
}
