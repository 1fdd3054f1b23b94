import * as z from 'zod/mini';
import { type Backup, backup, keptSpec, type KeptSpec } from '#shared/backups/backups.contract.ts';
import type { BackupManifest, FoundBackup } from '../../engines/engine.ts';
import type { Tables } from '../../platform/tables.ts';
import { expiry } from './backups.models.ts';

export type PinRow = Pick<Tables['pin'], 'note' | 'until'>;
export type StoredBackup = {
  backup: Backup;
  spec: KeptSpec;
  serverVersion: string;
  revision: string;
};

const names = z.array(z.string());

export function readBackup(row: Tables['backup'], pin: PinRow | undefined): StoredBackup {
  return {
    backup: {
      id: row.id,
      cluster: row.cluster,
      engine: 'embedded',
      state: backup.shape.state.parse(row.state),
      type: backup.shape.type.parse(row.type),
      startedAt: toIso(row.started_at),
      completedAt: toIso(row.completed_at),
      expiresAt: isoOrNull(row.expires_at),
      namespaces: row.namespaces === null ? null : names.parse(JSON.parse(row.namespaces)),
      objects: row.objects,
      bytes: row.bytes,
      kindsNotRead: row.kinds_not_read,
      volumesNotBackedUp: row.volumes,
      pin: pin ? { note: pin.note, until: isoOrNull(pin.until) } : null,
      verifiedAt: isoOrNull(row.verified_at),
      schedule: row.schedule,
    },
    spec: keptSpec.parse(JSON.parse(row.spec_json)),
    serverVersion: row.server_version,
    revision: row.revision,
  };
}

/** `cluster`: whose repository it lies in, whatever the manifest of an adopted one says. */
export function rowOf(cluster: string, { manifest, revision }: FoundBackup): Tables['backup'] {
  const completed = Date.parse(manifest.completedAt);
  return {
    cluster,
    id: manifest.id,
    engine: 'embedded',
    state: manifest.state,
    type: manifest.spec.type,
    started_at: Date.parse(manifest.startedAt),
    completed_at: completed,
    expires_at: expiry(completed, manifest.spec.retention),
    namespaces: manifest.namespaces && JSON.stringify(manifest.namespaces),
    objects: manifest.objects,
    bytes: manifest.bytes,
    kinds_not_read: notRead(manifest),
    volumes: manifest.volumes.length,
    spec_json: JSON.stringify(manifest.spec),
    server_version: manifest.serverVersion,
    revision,
    verified_at: null,
    schedule: manifest.spec.schedule ?? null,
  };
}

export const notRead = ({ kinds }: Pick<BackupManifest, 'kinds'>): number =>
  kinds.filter(({ read }) => read !== 'complete').length;

/** A backup whose description cannot be read: that it is there, and nothing invented about it. */
export const damagedRow = (cluster: string, id: string, now: number): Tables['backup'] => ({
  cluster,
  id,
  engine: 'embedded',
  state: 'damaged',
  type: 'incremental',
  started_at: now,
  completed_at: now,
  expires_at: null,
  namespaces: null,
  objects: 0,
  bytes: 0,
  kinds_not_read: 0,
  volumes: 0,
  spec_json: '{}',
  server_version: '',
  revision: '',
  verified_at: null,
  schedule: null,
});

export function namespaceRows(
  cluster: string,
  { id, perNamespace, volumes }: BackupManifest,
): Tables['backup_namespace'][] {
  const volumesOf = Map.groupBy(volumes, ({ namespace }) => namespace);
  return Object.entries(perNamespace).map(([namespace, counts]) => ({
    cluster,
    backup: id,
    namespace,
    ...counts,
    volumes: volumesOf.get(namespace)?.length ?? 0,
  }));
}

const toIso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : toIso(at));
