import type { Keyring } from '../../platform/keyring.types.ts';
import type { Engine } from '../engine.ts';
import { executeRestore } from '../restore/execute.ts';
import { diffLive } from '../restore/diff-live.ts';
import { planDiff } from '../restore/plan-diff.ts';
import { planRestore } from '../restore/plan.ts';
import type { RestoreSource } from '../restore/restore.types.ts';
import { manifestOf } from './manifest.ts';
import type { Repositories } from './open-repository.ts';
import { backupRef, resolveRef } from './repository.ts';
import { backupUnknown } from './repository.errors.ts';
import { readObjects, readStored } from './stored-objects.ts';

type SourceNeeds = { repositories: Repositories; keyring: Keyring };

/**
 * One backup as a restore reads it. With a `revision` it is read by that: a restore goes on although
 * the backup's name was removed meanwhile.
 */
export async function openSource(
  { repositories, keyring }: SourceNeeds,
  given: { cluster: string; backup: string; revision?: string },
): Promise<RestoreSource> {
  const { cluster, backup } = given;
  const repository = await repositories.find(cluster);
  if (!repository) throw backupUnknown(backup);
  const revision = given.revision ?? (await resolveRef(repository.gitDir, backupRef(backup)));
  const tree = revision === null ? null : await repository.trees.root(revision);
  if (revision === null || !tree) throw backupUnknown(backup);
  return {
    revision,
    manifest: await manifestOf(repository, { backup, tree }),
    objects: ({ wants }) => readObjects(repository, keyring, { tree, wants }),
    readObject: async (path) => {
      const entry = await repository.trees.find(tree, path);
      if (!entry || entry.isTree) return null;
      return readStored(repository, keyring, { path, oid: entry.oid });
    },
  };
}

/** Planning and restoring, from backups of this engine. */
export const restorePart = (
  needs: SourceNeeds,
): Pick<Engine, 'planRestore' | 'planDiff' | 'restore' | 'diffLive'> => ({
  planRestore: async ({ source: cluster, target, options, onDecision }, signal) => {
    const source = await openSource(needs, { cluster, backup: options.backup });
    return planRestore({ source, target, options, onDecision }, signal);
  },
  planDiff: async ({ source: cluster, ...given }) => {
    const source = await openSource(needs, { cluster, backup: given.options.backup });
    return planDiff({ source, ...given });
  },
  diffLive: async function* ({ cluster: target, from, namespaces }, signal) {
    const source = await openSource(needs, { cluster: target.id, backup: from });
    yield* diffLive({ source, target, namespaces }, signal);
  },
  restore: async ({ source: cluster, target, options, revision, ...rest }, context) => {
    const source = await openSource(needs, { cluster, backup: options.backup, revision });
    await executeRestore({ source, target, options, ...rest }, context);
  },
});
