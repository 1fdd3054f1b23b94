import type { ObjectPath } from '../../paths.models.ts';

/**
 * Names inside Velero's object store. A foreign top-level folder makes Velero call the whole
 * location unavailable, so everything stays below `backups/<name>/`.
 */
export const backupsFolder = 'backups';

/** The file that makes Velero see a backup: always written last. */
export const descriptionFile = 'velero-backup.json';

export const contentsFile = (name: string): string => `${name}.tar.gz`;

export const companionFiles = {
  logs: (name: string): string => `${name}-logs.gz`,
  results: (name: string): string => `${name}-results.gz`,
  resourceList: (name: string): string => `${name}-resource-list.json.gz`,
  volumeInfo: (name: string): string => `${name}-volumeinfo.json.gz`,
  podVolumeBackups: (name: string): string => `${name}-podvolumebackups.json.gz`,
  volumeSnapshots: (name: string): string => `${name}-volumesnapshots.json.gz`,
  itemOperations: (name: string): string => `${name}-itemoperations.json.gz`,
} as const;

/** The same bytes stand under both paths since Velero 1.4; restores may read either. */
export function archivePaths(path: string, version: string): readonly [string, string] {
  const [root, resource, ...rest] = path.split('/');
  return [path, [root, resource, `${version}-preferredversion`, ...rest].join('/')];
}

/**
 * A file name may have 255 bytes on the disk where Velero unpacks, `.json` included: one longer
 * name ends its whole restore.
 */
const longestName = 250;

/** Why an object cannot be in an export; null when it can. */
export function reasonToLeaveOut(given: {
  path: ObjectPath;
  sealed: boolean;
  includeSecrets: boolean;
}): string | null {
  const { path, sealed, includeSecrets } = given;
  if (Buffer.byteLength(path.name) > longestName)
    return `Its name has more than ${longestName} bytes; Velero could not unpack the whole backup.`;
  if (includeSecrets) return null;
  if (path.resource === 'secrets') return 'Secrets were not asked for; an export is plain text.';
  if (sealed) return 'Its kind is kept encrypted here; an export is plain text.';
  return null;
}
