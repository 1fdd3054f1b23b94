import type { BackupManifest, Engine } from '../../engines/engine.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import type { BackupsRepository } from './backups.repository.ts';

type Needs = {
  backups: BackupsRepository;
  engine: Pick<Engine, 'backups'>;
  clock: Clock;
  log: Log;
};

/**
 * At start the repository is the truth: a backup without a row is taken up, a row without its backup
 * becomes *damaged*, so a lost database is rebuilt. Answers the manifests of what was taken up by run.
 */
export async function adoptBackups(
  cluster: string,
  { backups, engine, clock, log }: Needs,
): Promise<Map<string, BackupManifest>> {
  const known = new Map((await backups.index(cluster)).map((row) => [row.id, row]));
  const adopted = new Map<string, BackupManifest>();
  for await (const found of engine.backups(cluster)) {
    const id = 'manifest' in found ? found.manifest.id : found.id;
    const row = known.get(id);
    known.delete(id);
    if (!('manifest' in found)) {
      log.error({ cluster, backup: id, reason: found.damaged }, 'backup cannot be read');
      if (row) await backups.setState({ cluster, backup: id }, 'damaged');
      else await backups.putDamaged(cluster, id, clock().epochMilliseconds);
    } else if (row?.revision !== found.revision) {
      await backups.put(cluster, found);
      adopted.set(found.manifest.run, found.manifest);
    }
  }
  for (const { id, state } of known.values()) {
    if (state === 'deleting') continue; // its run goes on and ends it
    log.error({ cluster, backup: id }, 'backup is not in its repository');
    await backups.setMissing({ cluster, backup: id });
  }
  return adopted;
}
