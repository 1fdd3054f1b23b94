import type { BackupDetail } from '#shared/backups/backups.contract.ts';
import type { ContentEntry } from '#shared/backups/contents.contract.ts';
import type { BackupManifest, Engine, StoredObject } from '../../engines/engine.ts';
import { parsePath } from '../../engines/paths.models.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Audit } from '../../platform/audit.types.ts';
import type { Clock } from '../../platform/clock.ts';
import { decodeCursor, pageOf, textKey } from '../../platform/cursor.models.ts';
import type { Reach } from '../../platform/runs.types.ts';
import { backupUnknown, objectUnknown } from './backups.errors.ts';
import type { BackupListRepository } from './backups.list.repository.ts';
import { isSecret, keptBecause, redact, seesPath } from './backups.models.ts';
import type { At, BackupsRepository } from './backups.repository.ts';
import type { StoredBackup } from './backups.rows.ts';
import { kindsFor } from './kinds.models.ts';

export type ReadNeeds = {
  backups: Pick<BackupsRepository, 'find'>;
  list: Pick<BackupListRepository, 'narrow'>;
  engine: Pick<Engine, 'listContents' | 'readObject'>;
  /** Null when the description of the backup cannot be read. */
  manifestOf: (at: At) => Promise<BackupManifest | null>;
  /** What the schedule that made it says: sentences; null: there is no such schedule any more. */
  keptBySchedule: (at: At & { schedule: string }) => Promise<string[] | null>;
  audit: Audit;
  clock: Clock;
};

type Seen = StoredBackup & { reach: Reach };

/** The backup as this person may see it; throws `backups.unknown` when they may not. */
export async function seeBackup(
  { cluster, backup }: At,
  actor: Actor,
  { backups, list }: Pick<ReadNeeds, 'backups' | 'list'>,
): Promise<Seen> {
  const stored = await backups.find(cluster, backup);
  const reach = actor.namespacesWith('backups:read', cluster);
  const seen = stored && (await list.narrow(stored.backup, reach));
  if (!seen) throw backupUnknown(backup);
  return { ...stored, backup: seen, reach };
}

export async function showBackup(at: At, actor: Actor, needs: ReadNeeds): Promise<BackupDetail> {
  const { backup, spec, serverVersion, reach } = await seeBackup(at, actor, needs);
  const manifest = await needs.manifestOf(at);
  const folders =
    reach === 'all' || !manifest
      ? []
      : await needs.engine.listContents({ ...at, prefix: 'resources/', namespaces: reach });
  return {
    ...backup,
    spec:
      reach === 'all'
        ? spec
        : { ...spec, namespaces: backup.namespaces ?? [], excludedNamespaces: [] },
    serverVersion,
    kinds: kindsFor(manifest?.kinds ?? [], reach, folders),
    volumes: (manifest?.volumes ?? []).filter(
      ({ namespace }) => reach === 'all' || reach.includes(namespace),
    ),
    keptBecause: keptBecause(backup, {
      now: needs.clock().epochMilliseconds,
      bySchedule:
        backup.schedule === null
          ? undefined
          : await needs.keptBySchedule({ ...at, schedule: backup.schedule }),
    }),
  };
}

export async function listContents(
  given: At & { prefix: string; limit: number; cursor?: string | undefined },
  actor: Actor,
  needs: ReadNeeds,
): Promise<{ items: ContentEntry[]; next: string | null }> {
  const { reach } = await seeBackup(given, actor, needs);
  const { cluster, backup, prefix, limit, cursor } = given;
  const after = cursor === undefined ? null : decodeCursor(textKey, cursor)[0];
  const all = await needs.engine.listContents({ cluster, backup, prefix, namespaces: reach });
  const from = after === null ? 0 : all.findIndex(({ path }) => path === after) + 1;
  return pageOf(all.slice(from, from + limit + 1), limit, ({ path }) => [path]);
}

/** One object; of a sealed one only the names of its keys, unless the person may read its values. */
export async function readObject(
  { path, ...at }: At & { path: string },
  actor: Actor,
  needs: ReadNeeds,
) {
  const { reach } = await seeBackup(at, actor, needs);
  if (!seesPath(path, reach)) throw objectUnknown(path);
  const found = await needs.engine.readObject({ ...at, path });
  if (!found) throw objectUnknown(path);
  const secret = found.sealed || isSecret(path);
  const open = !secret || (await mayOpen({ path, ...at }, actor, needs));
  const json = found.json.toString();
  return { path, sealed: found.sealed, redacted: !open, json: open ? json : redact(json) };
}

/** The right is looked at where the object lies; who has it leaves a trace of having read it. */
async function mayOpen(
  { cluster, backup, path }: At & Pick<StoredObject, 'path'>,
  actor: Actor,
  { audit }: Pick<ReadNeeds, 'audit'>,
): Promise<boolean> {
  const namespace = parsePath(path)?.namespace ?? null;
  const namespaces = namespace === null ? 'all' : [namespace];
  if (!actor.may('secrets:read', { cluster, namespaces })) return false;
  const target = { backup, path };
  await audit({
    actor: actor.name,
    action: 'read a sealed object',
    cluster,
    target,
    outcome: 'done',
    code: null,
  });
  return true;
}
