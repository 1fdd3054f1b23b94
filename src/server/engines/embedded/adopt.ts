import { rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Keyring } from '../../platform/keyring.types.ts';
import { syncPath } from './durable.ts';
import { git, requireGit } from './git.ts';
import {
  createRepository,
  keysOf,
  listRefs,
  repositoryExists,
  repositoryPath,
} from './repository.ts';
import {
  keyNotInRepositoryFile,
  repositoryExists as alreadyThere,
  repositoryForeign,
} from './repository.errors.ts';

/**
 * Takes a repository from another machine in as the cluster `as`: a copy, checked by git on its way.
 * `keyring` must open it; whoever calls adds its keys to the installation's own. Answers the number
 * of backups.
 */
export async function adoptRepository(given: {
  data: string;
  path: string;
  as: string;
  keyring: Pick<Keyring, 'keys'>;
}): Promise<{ backups: number }> {
  await requireGit();
  const from = resolve(given.path);
  const to = repositoryPath(given.data, given.as);
  if (!(await isOurs(from))) throw repositoryForeign(given.path);
  if (await repositoryExists(to)) throw alreadyThere(given.as);
  const missing = (await keysOf(from)).filter(
    (id) => !given.keyring.keys.some((key) => key.id === id),
  );
  if (missing.length > 0) throw keyNotInRepositoryFile(missing);
  const draft = await draftBeside(to);
  try {
    await copy(from, draft);
    const backups = await listRefs(draft, 'refs/backups/');
    await rename(draft, to);
    await syncPath(dirname(to));
    return { backups: backups.length };
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function isOurs(path: string): Promise<boolean> {
  if (!(await repositoryExists(path))) return false;
  const version = await git(path, ['config', '--get', 'lifeboat.formatVersion'], { ok: [1, 128] });
  return version.toString().trim() === '1';
}

async function draftBeside(to: string): Promise<string> {
  const draft = `${to}.adopting-${process.pid}`;
  await createRepository(draft);
  return draft;
}

/** By git's own transport: every object is hashed again, hooks and settings stay behind. */
async function copy(from: string, draft: string): Promise<void> {
  const args = ['-c', 'protocol.file.allow=always', 'fetch', '--quiet', '--no-tags', from];
  await git(draft, [...args, 'refs/backups/*:refs/backups/*']);
  for (const id of await keysOf(from)) await git(draft, ['config', '--add', 'lifeboat.key', id]);
  await syncPath(join(draft, 'config'));
}
