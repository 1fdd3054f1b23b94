import type { BackupManifest } from '../engines/engine.ts';
import { adoptBackups } from '../features/backups/adopt.ts';
import { enlist, type GivenCluster } from '../features/clusters/enlist.ts';
import { releaseAbandoned } from '../features/restores/plan-ends.usecases.ts';
import { recoverRuns } from '../features/runs/recovery.ts';
import { ProblemError } from '../platform/problems.ts';
import type { Features } from './features.ts';

type Given = {
  clusters: readonly GivenCluster[];
  /** Clusters that have a repository in the data folder, also those that no database knows. */
  repositories: readonly string[];
};

/** What a start owes the last process, before anything new: nothing half-done, nothing lost. */
export async function recover(features: Features, given: Given): Promise<void> {
  await enlist(given.clusters, features);
  const adopted = new Map<string, BackupManifest>();
  for (const cluster of given.repositories) {
    await rememberCluster(cluster, features);
    await tidyRepository(cluster, features);
  }
  // Also those without a repository: what the database says they have is then missing.
  for (const { id: cluster } of await features.clusters.all()) {
    for (const [run, manifest] of await adoptBackups(cluster, features)) adopted.set(run, manifest);
  }
  await recoverRuns({
    ...features,
    reached: (run) => {
      const manifest = adopted.get(run);
      return manifest && { state: manifest.state, result: resultOf(manifest) };
    },
    isGone: (at) => isGone(at, features),
  });
  await releaseAbandoned(features);
}

/** A repository that takes no writes now can still be read; the first write to it tidies again. */
async function tidyRepository(cluster: string, { engine, log }: Features): Promise<void> {
  try {
    await engine.recover(cluster);
  } catch (error) {
    log.warn({ cluster, error: String(error) }, 'what a dead process had left stays for now');
  }
}

const isGone = async (at: { cluster: string; backup: string }, { engine }: Features) => {
  try {
    await engine.manifest(at);
    return false;
  } catch (error) {
    return error instanceof ProblemError && error.problem.code === 'backups.unknown';
  }
};

const resultOf = ({ objects, bytes, volumes }: BackupManifest) => ({
  objects,
  bytes,
  volumesNotBackedUp: volumes.length,
});

/** A repository whose cluster nobody knows any more: its backups can be read, and restored elsewhere. */
async function rememberCluster(id: string, { clusters, clock }: Features): Promise<void> {
  if (await clusters.find(id)) return;
  const now = clock().epochMilliseconds;
  const row = { id, name: id, source: 'api', credentials: null, uid: null };
  await clusters.put({ ...row, added_at: now, removed_at: now });
}
