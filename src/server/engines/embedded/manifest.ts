import { ProblemError } from '../../platform/problems.ts';
import type { BackupManifest, FoundBackup } from '../engine.ts';
import { manifestPath, manifestSchema } from './manifest.models.ts';
import type { Repository } from './open-repository.ts';
import { backupRef, listRefs, readRef } from './repository.ts';
import { objectDamaged } from './git.errors.ts';
import { backupUnknown, manifestDamaged } from './repository.errors.ts';
import type { Tree } from './trees.ts';

/** The tree of a backup. Throws `backups.unknown`, `repository.object_damaged`. */
export async function treeOf(repository: Repository | null, backup: string): Promise<Tree> {
  const ref = backupRef(backup);
  const tree = await repository?.trees.root(ref);
  if (tree) return tree;
  const named = repository && (await readRef(repository.gitDir, ref));
  throw named
    ? objectDamaged(`The backup ${backup}`, 'its commit is missing')
    : backupUnknown(backup);
}

/** Throws `backups.manifest_damaged`. */
export async function manifestOf(
  { reader, trees }: Repository,
  { backup, tree }: { backup: string; tree: Tree },
): Promise<BackupManifest> {
  const entry = await trees.find(tree, manifestPath);
  const found = entry && (await reader.read(entry.oid));
  if (!found) throw manifestDamaged(backup);
  const parsed = manifestSchema.safeParse(readJson(backup, found.content));
  if (!parsed.success) throw manifestDamaged(backup, parsed.error);
  return parsed.data;
}

function readJson(backup: string, content: Buffer): unknown {
  try {
    return JSON.parse(content.toString());
  } catch (error) {
    throw manifestDamaged(backup, error);
  }
}

/** Every backup of a repository; what is wrong with one is its own affair. */
export async function* listBackups(
  repository: Repository,
): AsyncGenerator<FoundBackup | { id: string; damaged: string }> {
  for (const { name, oid } of await listRefs(repository.gitDir, 'refs/backups/')) {
    const id = name.slice('refs/backups/'.length);
    try {
      const tree = await repository.trees.root(oid);
      if (!tree) throw manifestDamaged(id);
      yield { manifest: await manifestOf(repository, { backup: id, tree }), revision: oid };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      yield { id, damaged: error.problem.title };
    }
  }
}
