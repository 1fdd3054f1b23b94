import { mkdir, readdir, rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../../platform/log.ts';
import type { Keyring } from '../../platform/keyring.types.ts';
import type { BackupManifest, BackupOutcome, Engine } from '../engine.ts';
import { backupCanceled } from './capture.errors.ts';
import type { CaptureThread } from './capture-thread.ts';
import type { CaptureOrder } from './capture.types.ts';
import { fileSizes, syncFolders, total } from './durable.ts';
import { removeLeftovers } from './fast-import.ts';
import { storageLow } from './git.errors.ts';
import { readBackAll } from './read-back.ts';
import {
  backupRef,
  baseRef,
  createRepository,
  deleteRefs,
  incomingRef,
  keysOf,
  listRefs,
  packFolder,
  publishRef,
  refPart,
  rememberKey,
  repositorySize,
  resolveRef,
  setRef,
  syncPacks,
} from './repository.ts';
import { keyNotInRepositoryFile, nameTaken } from './repository.errors.ts';
import type { Repositories } from './open-repository.ts';
import { withWriterLock } from './writer-lock.ts';

export type BackupNeeds = {
  repositories: Repositories;
  keyring: Keyring;
  captureInThread: CaptureThread;
  /** Bytes free where this folder is. */
  freeSpace: (folder: string) => Promise<number>;
  sealedKinds: readonly string[];
  noise: readonly string[];
  log: Log;
};

/** Maintenance writes a repository once more before it removes the old packs. */
const reserve = 256 * 1024 * 1024;

export const freeSpaceOf = async (folder: string): Promise<number> => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};

/** Ends with a durable, readable backup, or throws and leaves nothing visible. */
export function createBackup(needs: BackupNeeds): Engine['backup'] {
  return async (given, context) => {
    const ref = backupRef(given.name);
    const { gitDir } = await needs.repositories.open(given.cluster.id);
    return withWriterLock(gitDir, `backup ${given.name}`, async (onHelper) => {
      await refuseBefore(gitDir, ref, needs);
      const order: CaptureOrder = {
        ...placesOf(gitDir, context.run, given.spec.type),
        ref: incomingRef(context.run),
        run: context.run,
        name: given.name,
        cluster: given.cluster.id,
        clusterUid: given.cluster.uid,
        spec: given.spec,
        createdBy: given.createdBy,
        now: given.now,
        sealedKinds: needs.sealedKinds,
        noise: needs.noise,
      };
      const before = await fileSizes(packFolder(gitDir));
      try {
        if (order.gitDir !== gitDir) await createRepository(order.gitDir);
        const manifest = await needs.captureInThread(
          { order, cluster: given.cluster, onHelper },
          context,
        );
        if (context.signal.aborted) throw backupCanceled();
        if (order.gitDir !== gitDir) await readBackAll(order, needs.keyring, manifest);
        return await publish({ gitDir, ref, before }, order, manifest);
      } finally {
        await tidy(gitDir, order, needs.log);
      }
    });
  };
}

/** `full` is written in a place apart, so that nothing there before is reused. */
function placesOf(gitDir: string, run: string, type: 'incremental' | 'full') {
  if (type === 'incremental') return { gitDir, reuseFrom: gitDir };
  return { gitDir: join(gitDir, 'quarantine', refPart(run)), reuseFrom: null };
}

async function refuseBefore(gitDir: string, ref: string, needs: BackupNeeds): Promise<void> {
  if ((await resolveRef(gitDir, ref)) !== null) throw nameTaken(ref.slice('refs/backups/'.length));
  await refuseMissingKeys(gitDir, needs.keyring);
  const needed = (await repositorySize(gitDir)) + reserve;
  const free = await needs.freeSpace(gitDir);
  if (free < needed) throw storageLow({ needed, free });
  const [key] = needs.keyring.keys;
  if (key) await rememberKey(gitDir, key.id);
}

export async function refuseMissingKeys(gitDir: string, keyring: Keyring): Promise<void> {
  const missing = (await keysOf(gitDir)).filter((id) => !keyring.keys.some((key) => key.id === id));
  if (missing.length > 0) throw keyNotInRepositoryFile(missing);
}

/** Everything on the disk first, then the name: whoever sees the backup can read it. */
async function publish(
  { gitDir, ref, before }: { gitDir: string; ref: string; before: ReadonlyMap<string, number> },
  order: CaptureOrder,
  manifest: BackupManifest,
): Promise<BackupOutcome> {
  const revision = await resolveRef(order.gitDir, order.ref);
  if (revision === null) throw new Error('git answered success without a commit');
  if (order.gitDir !== gitDir) await movePacks(order.gitDir, gitDir);
  const after = await fileSizes(packFolder(gitDir));
  const added = [...after].filter(([name]) => !before.has(name));
  await syncPacks(
    gitDir,
    added.map(([name]) => name),
  );
  await publishRef(gitDir, ref, revision);
  if (isWhole(order)) await setRef(gitDir, baseRef, revision);
  return { manifest, revision, bytesWritten: total(added.map(([, bytes]) => bytes)) };
}

/** A part of the cluster would be a poor base for the next capture of the whole. */
const isWhole = ({ spec }: CaptureOrder) =>
  !spec.namespaces && !spec.kinds && spec.labelSelector === undefined;

/** The pack before its index: git reads a pack once it sees the index. */
async function movePacks(from: string, to: string): Promise<void> {
  const names = await readdir(packFolder(from));
  await mkdir(packFolder(to), { recursive: true });
  for (const ending of ['.pack', '.rev', '.idx']) {
    for (const name of names.filter((one) => one.endsWith(ending)))
      await rename(join(packFolder(from), name), join(packFolder(to), name));
    await syncFolders(packFolder(to), packFolder(to));
  }
}

/** What is left over does not make a backup fail; the next start tidies it, too. */
async function tidy(gitDir: string, order: CaptureOrder, log: Log): Promise<void> {
  try {
    if (order.gitDir !== gitDir) await rm(order.gitDir, { recursive: true, force: true });
    const incoming = await listRefs(gitDir, order.ref);
    await deleteRefs(
      gitDir,
      incoming.map(({ name }) => name),
    );
    await removeLeftovers(gitDir);
  } catch (error) {
    log.warn(
      { error: String(error), run: order.run },
      'leftovers of a backup stay until the next start',
    );
  }
}
