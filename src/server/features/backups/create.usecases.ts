import type { BackupSpec } from '#shared/backups/backups.contract.ts';
import type { Run } from '#shared/runs/runs.contract.ts';
import { parseLabelSelector } from '../../engines/restore/label-selector.models.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Submit } from '../../platform/runs.types.ts';
import { nameTaken, selectorInvalid } from './backups.errors.ts';
import { freeName } from './backups.models.ts';
import type { BackupsRepository } from './backups.repository.ts';

export type CreateNeeds = {
  backups: Pick<BackupsRepository, 'takenNames'>;
  /** Throws when there is no such cluster, or it is not the one it was. */
  assertBackupable: (cluster: string) => Promise<void>;
  submit: Submit;
  clock: Clock;
  /** One after the other: two that come together must not get one name. */
  inTurn: <T>(work: () => Promise<T>) => Promise<T>;
};

/** Queues a backup. Its name is settled here, so that it can be shown at once. */
export async function createBackup(
  { cluster, spec }: { cluster: string; spec: BackupSpec },
  actor: Actor,
  needs: CreateNeeds,
): Promise<Run> {
  if (spec.labelSelector !== undefined) assertSelector(spec.labelSelector);
  await needs.assertBackupable(cluster);
  return needs.inTurn(async () => {
    const taken = await needs.backups.takenNames(cluster);
    if (spec.name !== undefined && taken.has(spec.name)) throw nameTaken(spec.name);
    const name = spec.name ?? freeName(needs.clock(), (one) => taken.has(one));
    return needs.submit({
      cluster,
      kind: 'backup',
      backup: name,
      plan: null,
      namespaces: spec.namespaces ?? 'all',
      spec: { backup: spec },
      createdBy: actor.name,
    });
  });
}

function assertSelector(selector: string): void {
  try {
    parseLabelSelector(selector);
  } catch {
    throw selectorInvalid(selector);
  }
}
