import type { Keyring } from '../../platform/keyring.types.ts';
import { ProblemError } from '../../platform/problems.ts';
import type { RunContext, VerifyOutcome } from '../engine.ts';
import { git, gitRecords } from './git.ts';
import { manifestOf, treeOf } from './manifest.ts';
import type { Repository } from './open-repository.ts';
import { createObjectReader } from './object-reader.ts';
import { type ReadBack, readBackTree } from './read-back.ts';
import { backupRef, listRefs } from './repository.ts';

/** Reads everything of a backup from the disk and compares it with what was written. */
export async function verifyBackup(
  repository: Repository | null,
  keyring: Keyring,
  { backup, context }: { backup: string; context: RunContext },
): Promise<VerifyOutcome> {
  const tree = await soundTree(repository, backup);
  if (!repository || 'damage' in tree) return nothingRead('damage' in tree ? tree.damage : '');
  const reader = createObjectReader(repository.gitDir);
  try {
    const onObject = progressTo(context);
    const read = await readBackTree({ reader }, tree.oid, {
      keyring,
      signal: context.signal,
      onObject,
    });
    const damaged = [
      ...read.damaged,
      ...(await countsAgainst(repository, { backup, tree, read })),
      ...(await connectivity(repository.gitDir, backup, context.signal)),
    ];
    const oids = new Set(read.damaged.map(({ oid }) => oid));
    const alsoHit = oids.size > 0 ? await backupsWith(repository.gitDir, oids, backup) : [];
    return {
      objects: read.objects,
      bytes: read.bytes,
      damaged: damaged.map(({ path, reason }) => ({ path, reason })),
      alsoHit,
    };
  } finally {
    reader.close();
  }
}

const nothingRead = (reason: string): VerifyOutcome => ({
  objects: 0,
  bytes: 0,
  damaged: [{ path: '', reason }],
  alsoHit: [],
});

/** A commit or top folder that cannot be read is a finding, not a failure of the check. */
async function soundTree(repository: Repository | null, backup: string) {
  try {
    return await treeOf(repository, backup);
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code !== 'repository.object_damaged')
      throw error;
    return { damage: error.problem.title };
  }
}

function progressTo(context: RunContext): (read: ReadBack) => void {
  return ({ objects, bytes }) =>
    context.progress({
      doing: 'Reading every object back',
      items: { done: objects, total: null },
      bytes: { done: bytes, total: null },
    });
}

type Damage = { path: string; reason: string };

/** A kind of which objects are missing altogether shows only in its count. */
async function countsAgainst(
  repository: Repository,
  {
    backup,
    tree,
    read,
  }: { backup: string; tree: Parameters<typeof manifestOf>[1]['tree']; read: ReadBack },
): Promise<Damage[]> {
  try {
    const { objects, bytes } = await manifestOf(repository, { backup, tree });
    if (read.damaged.length > 0 || (objects === read.objects && bytes === read.bytes)) return [];
    return [
      {
        path: 'lifeboat/backup.json',
        reason: `The backup holds ${read.objects} objects of ${read.bytes} bytes; its description says ${objects} of ${bytes}.`,
      },
    ];
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return [{ path: 'lifeboat/backup.json', reason: error.problem.title }];
  }
}

/** Whether git itself finds everything that the commit refers to. */
async function connectivity(
  gitDir: string,
  backup: string,
  signal: AbortSignal,
): Promise<Damage[]> {
  const args = ['fsck', '--connectivity-only', '--no-dangling', '--no-progress', backupRef(backup)];
  try {
    await git(gitDir, args, { signal });
    return [];
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof ProblemError)) throw error;
    return [{ path: '', reason: error.problem.title }];
  }
}

/** Other backups that hold one of these; a backup that cannot be listed is hit as well. */
async function backupsWith(
  gitDir: string,
  oids: ReadonlySet<string>,
  except: string,
): Promise<string[]> {
  const hit: string[] = [];
  for (const { name, oid } of await listRefs(gitDir, 'refs/backups/')) {
    const id = name.slice('refs/backups/'.length);
    if (id !== except && (await holds(gitDir, oid, oids))) hit.push(id);
  }
  return hit;
}

async function holds(gitDir: string, commit: string, oids: ReadonlySet<string>): Promise<boolean> {
  try {
    const args = ['ls-tree', '-r', '-t', '-z', '--object-only', commit];
    for await (const oid of gitRecords(gitDir, args)) if (oids.has(oid)) return true;
    return false;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return true;
  }
}
