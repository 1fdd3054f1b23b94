import type { Clock } from '../../platform/clock.ts';
import type { Keyring } from '../../platform/keyring.types.ts';
import type { Log } from '../../platform/log.ts';
import { ProblemError } from '../../platform/problems.ts';
import type { Engine, RunContext, StoredObject } from '../engine.ts';
import { adoptRepository } from './adopt.ts';
import { createBackup, freeSpaceOf, refuseMissingKeys } from './backup.ts';
import { createCaptureThread } from './capture-thread.ts';
import { listContents } from './contents.ts';
import { diffBackups } from './diff.ts';
import { exportBackup } from './export/export-backup.ts';
import { requireGit } from './git.ts';
import { unquotePath } from './git.models.ts';
import { hold, release, whileHeld } from './holds.ts';
import { defaultNoise } from './kinds.models.ts';
import { joinPacks, maintain } from './maintenance.ts';
import { listBackups, manifestOf, treeOf } from './manifest.ts';
import { createRepositories, type Repositories } from './open-repository.ts';
import { backupRef, deleteRefs, keysOf, repositoryPath } from './repository.ts';
import { backupUnknown } from './repository.errors.ts';
import { restorePart } from './restore-source.ts';
import { readObjects, readStored } from './stored-objects.ts';
import { verifyBackup } from './verify.ts';

export type EmbeddedNeeds = {
  /** The data folder; repositories stand in `repositories/`. */
  data: string;
  keyring: Keyring;
  /** `capture.worker.ts`, or what it was built to. */
  captureWorker: URL;
  /** Exports to folders go below this one; absent: only to S3. */
  exportRoot?: string | null;
  clock: Clock;
  log: Log;
  /** Bytes free where this folder is. */
  freeSpace?: (folder: string) => Promise<number>;
  /** Patterns of kinds that are sealed besides Secrets; `*`: everything. */
  sealedKinds?: readonly string[];
  /** Patterns of kinds left out unless a backup names them. */
  noise?: readonly string[];
};

export type EmbeddedEngine = Engine & {
  /** Copies a repository of another machine in; `keyring` must open what is in it. */
  adoptRepository: (given: {
    path: string;
    as: string;
    keyring: Pick<Keyring, 'keys'>;
  }) => Promise<{ backups: number }>;
  /** Joins many small packs: quick, removes nothing. */
  joinPacks: (given: { cluster: string }, context: RunContext) => Promise<void>;
};

type Parts = EmbeddedNeeds & { repositories: Repositories };

/** Backups as commits of a git repository per cluster. */
export function createEmbeddedEngine(needs: EmbeddedNeeds): EmbeddedEngine {
  const { data, keyring, log } = needs;
  const repositories = createRepositories({ data, log });
  const parts = { ...needs, repositories };
  return {
    describe: () => describe(parts),
    backup: createBackup({
      repositories,
      keyring,
      log,
      captureInThread: createCaptureThread({
        worker: needs.captureWorker,
        keys: keyring.keys,
        log,
      }),
      freeSpace: needs.freeSpace ?? freeSpaceOf,
      sealedKinds: needs.sealedKinds ?? [],
      noise: needs.noise ?? defaultNoise,
    }),
    ...reading(parts),
    ...keeping(parts),
    ...restorePart(parts),
    recover: repositories.recover,
    adoptRepository: (given) => adoptRepository({ data, ...given }),
    joinPacks: ({ cluster }, context) => joinPacks(repositories, cluster, context),
    close: async () => repositories.close(),
  };
}

/** Ids of the keys that the repositories of this data folder were sealed with. */
export async function keysInUse(data: string, log: Log): Promise<string[]> {
  const repositories = createRepositories({ data, log });
  const ids = new Set<string>();
  for (const cluster of await repositories.clusters())
    for (const id of await keysOf(repositoryPath(data, cluster))) ids.add(id);
  return [...ids];
}

async function describe({ repositories, data, keyring }: Parts) {
  const yes = { supported: true } as const;
  const later = (reason: string) => ({ supported: false, reason }) as const;
  const description = {
    engine: 'embedded' as const,
    capabilities: {
      backup: yes,
      restore: yes,
      export: yes,
      verify: yes,
      volumes: later('The data of volumes is not copied; claims are listed as not backed up.'),
      hooks: later('Commands in pods before and after a backup are not run.'),
    },
  };
  try {
    const version = `git ${await requireGit()}`;
    for (const cluster of await repositories.clusters())
      await refuseMissingKeys(repositoryPath(data, cluster), keyring);
    return { ...description, version, problem: null };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { title, detail } = error.problem;
    return { ...description, version: 'unknown', problem: `${title} ${detail}` };
  }
}

function reading({
  repositories,
  keyring,
}: Parts): Pick<
  Engine,
  'backups' | 'manifest' | 'listContents' | 'readObject' | 'objects' | 'diff'
> {
  return {
    backups: async function* (cluster) {
      const repository = await repositories.find(cluster);
      if (repository) yield* listBackups(repository);
    },
    manifest: async ({ cluster, backup }) => {
      const repository = await repositories.find(cluster);
      const tree = await treeOf(repository, backup);
      if (!repository) throw backupUnknown(backup);
      return manifestOf(repository, { backup, tree });
    },
    listContents: async ({ cluster, ...given }) =>
      listContents(await repositories.find(cluster), given),
    readObject: async ({ cluster, backup, path }) => {
      const repository = await repositories.find(cluster);
      const tree = await treeOf(repository, backup);
      const plain = unquotePath(path);
      const entry = plain.startsWith('resources/') && (await repository?.trees.find(tree, plain));
      if (!repository || !entry || entry.isTree) return null;
      return readStored(repository, keyring, { path: plain, oid: entry.oid });
    },
    objects: async function* ({ cluster, backup, wants }, signal) {
      const repository = await repositories.find(cluster);
      const tree = await treeOf(repository, backup);
      if (!repository) return;
      for await (const object of readObjects(repository, keyring, { tree, wants })) {
        signal?.throwIfAborted();
        yield object;
      }
    },
    diff: async function* ({ cluster, ...given }) {
      yield* diffBackups(await repositories.find(cluster), keyring, given);
    },
  };
}

function keeping(
  parts: Parts,
): Pick<Engine, 'deleteBackup' | 'verify' | 'exportBackup' | 'maintain' | 'hold' | 'release'> {
  const { repositories, keyring } = parts;
  return {
    deleteBackup: async ({ cluster, backup }) => {
      const repository = await repositories.find(cluster);
      await treeOf(repository, backup);
      if (repository) await deleteRefs(repository.gitDir, [backupRef(backup)]);
    },
    verify: async ({ cluster, backup }, context) => {
      const repository = await repositories.find(cluster);
      if (repository) await refuseMissingKeys(repository.gitDir, keyring);
      return verifyBackup(repository, keyring, { backup, context });
    },
    exportBackup: (given, context) => exportHeld(parts, given, context),
    maintain: ({ cluster }, context) => maintain(repositories, cluster, context),
    hold: async ({ cluster, ...given }) => hold(await repositories.find(cluster), given),
    release: async ({ cluster, by }) => release(await repositories.find(cluster), by),
  };
}

async function exportHeld(
  { repositories, keyring, exportRoot }: Parts,
  given: Parameters<Engine['exportBackup']>[0],
  context: RunContext,
) {
  const { cluster, backup, target, expiresAt } = given;
  const repository = await repositories.find(cluster);
  const tree = await treeOf(repository, backup);
  if (!repository) throw backupUnknown(backup);
  const manifest = await manifestOf(repository, { backup, tree });
  const objects: AsyncIterable<StoredObject> = readObjects(repository, keyring, {
    tree,
    wants: () => true,
  });
  const { signal, progress, log } = context;
  return whileHeld(repository, tree.oid, () =>
    exportBackup({
      manifest,
      objects,
      target,
      expiresAt,
      signal,
      progress,
      log,
      exportRoot: exportRoot ?? null,
    }),
  );
}
