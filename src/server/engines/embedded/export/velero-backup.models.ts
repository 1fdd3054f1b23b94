import type { BackupManifest } from '../../engine.ts';

type Described = {
  manifest: BackupManifest;
  /** Milliseconds since 1970; null: kept until somebody deletes it. */
  expiresAt: number | null;
  objects: number;
  warnings: number;
};

/**
 * `velero-backup.json`: the Backup that Velero creates when it finds the export. Without
 * `apiVersion` and `kind` it is not decoded; with a phase that is not final it would be run.
 * The annotations tell Lifeboat later that it is this same backup, not another one.
 */
export const veleroBackup = ({ manifest, expiresAt, objects, warnings }: Described) => ({
  kind: 'Backup',
  apiVersion: 'velero.io/v1',
  metadata: {
    name: manifest.id,
    namespace: 'velero',
    labels: { 'velero.io/storage-location': 'default' },
    annotations: {
      ...versionAnnotations(manifest.serverVersion),
      'lifeboat.dev/backup': manifest.id,
      'lifeboat.dev/cluster': manifest.cluster,
      'lifeboat.dev/cluster-uid': manifest.clusterUid,
    },
  },
  spec: {
    includedNamespaces: manifest.namespaces ?? ['*'],
    storageLocation: 'default',
    snapshotVolumes: false,
    defaultVolumesToFsBackup: false,
    hooks: {},
    metadata: {},
    ...(expiresAt === null ? {} : { ttl: goDuration(expiresAt - Date.parse(manifest.startedAt)) }),
  },
  status: {
    version: 1,
    formatVersion: '1.1.0',
    phase: manifest.state === 'completed' ? 'Completed' : 'PartiallyFailed',
    startTimestamp: seconds(Date.parse(manifest.startedAt)),
    completionTimestamp: seconds(Date.parse(manifest.completedAt)),
    progress: { totalItems: objects, itemsBackedUp: objects },
    ...(warnings > 0 ? { warnings } : {}),
    ...(manifest.state === 'partial' ? { errors: errorsOf(manifest).length } : {}),
    ...(expiresAt === null ? {} : { expiration: seconds(expiresAt) }),
  },
});

/** One sentence for each kind that the backup could not read completely. */
export const errorsOf = ({ kinds }: BackupManifest): string[] =>
  kinds
    .filter(({ read }) => read !== 'complete')
    .map(
      ({ resource, read, reason }) =>
        `${resource} was ${read === 'part' ? 'only partly ' : 'not '}read: ${reason ?? 'no reason known'}`,
    );

/** RFC 3339 without fractions: all that a Kubernetes time holds. */
export const seconds = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** As Go prints a duration: `168h0m0s`; never below zero. */
function goDuration(milliseconds: number): string {
  const whole = Math.max(0, Math.floor(milliseconds / 1000));
  return `${Math.floor(whole / 3600)}h${Math.floor((whole % 3600) / 60)}m${whole % 60}s`;
}

function versionAnnotations(serverVersion: string): Record<string, string> {
  const [, major, minor] = /^v?(\d{1,4})\.(\d{1,4})/.exec(serverVersion) ?? [];
  if (major === undefined || minor === undefined) return {};
  return {
    'velero.io/source-cluster-k8s-gitversion': serverVersion,
    'velero.io/source-cluster-k8s-major-version': major,
    'velero.io/source-cluster-k8s-minor-version': minor,
  };
}
