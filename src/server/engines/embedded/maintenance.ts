import type { RunContext } from '../engine.ts';
import { removeLeftovers } from './fast-import.ts';
import { startGit } from './git.ts';
import type { Repositories } from './open-repository.ts';
import {
  baseRef,
  deleteRefs,
  listRefs,
  repositorySize,
  resolveRef,
  syncPacks,
} from './repository.ts';
import { type OnHelper, withWriterLock } from './writer-lock.ts';

/** Gives back the space of what no backup, plan or restore needs any more. */
export async function maintain(
  repositories: Repositories,
  cluster: string,
  context: RunContext,
): Promise<{ bytesFreed: number }> {
  const { gitDir } = await repositories.open(cluster);
  return withWriterLock(gitDir, 'maintenance', async (onHelper) => {
    const before = await repositorySize(gitDir);
    const none = { done: 0, total: null };
    context.progress({ doing: 'Writing the repository anew', items: none, bytes: none });
    await dropUnusedBase(gitDir);
    await collect(gitDir, ['gc', '--quiet', '--prune=now', '--force'], { context, onHelper });
    repositories.reopen(cluster);
    return { bytesFreed: Math.max(0, before - (await repositorySize(gitDir))) };
  });
}

/** Between two maintenances: joins many small packs, so that reading stays fast. Removes nothing. */
export async function joinPacks(
  repositories: Repositories,
  cluster: string,
  context: RunContext,
): Promise<void> {
  const { gitDir } = await repositories.open(cluster);
  await withWriterLock(gitDir, 'joining packs', (onHelper) =>
    collect(gitDir, ['repack', '--geometric=2', '-d', '--quiet'], { context, onHelper }),
  );
  repositories.reopen(cluster);
}

/** When no backup is that capture any more, what only it holds was deleted by somebody. */
async function dropUnusedBase(gitDir: string): Promise<void> {
  const base = await resolveRef(gitDir, baseRef);
  if (base === null) return;
  const backups = await listRefs(gitDir, 'refs/backups/');
  if (!backups.some(({ oid }) => oid === base)) await deleteRefs(gitDir, [baseRef]);
}

async function collect(
  gitDir: string,
  args: readonly string[],
  given: { context: RunContext; onHelper: OnHelper },
): Promise<void> {
  const { signal } = given.context;
  const { child, ended } = startGit({ gitDir, args, signal, ownGroup: true });
  child.stdin?.end();
  child.stdout?.resume();
  if (child.pid !== undefined) await given.onHelper(child.pid);
  try {
    await ended;
  } catch (error) {
    await removeLeftovers(gitDir);
    signal.throwIfAborted();
    throw error;
  }
  await syncPacks(gitDir, []);
}
