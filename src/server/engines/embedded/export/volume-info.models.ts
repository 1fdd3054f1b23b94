import * as z from 'zod/mini';
import type { BackupManifest } from '../../engine.ts';

const claim = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  spec: z.optional(z.object({ volumeName: z.optional(z.string()) })),
});
const volume = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.optional(
    z.object({
      claimRef: z.optional(
        z.object({ name: z.optional(z.string()), namespace: z.optional(z.string()) }),
      ),
    }),
  ),
});

export type Volume = { pvcNamespace: string; pvcName: string; pvName: string };

/** What a stored claim or persistent volume says about itself; null for every other object. */
export function volumeOf(resource: string, json: Buffer): Volume | null {
  if (resource === 'persistentvolumeclaims') {
    const { metadata, spec } = claim.parse(JSON.parse(json.toString()));
    const { name: pvcName, namespace: pvcNamespace } = metadata;
    return { pvcName, pvcNamespace, pvName: spec?.volumeName ?? '' };
  }
  if (resource !== 'persistentvolumes') return null;
  const { metadata, spec } = volume.parse(JSON.parse(json.toString()));
  const { name: pvcName = '', namespace: pvcNamespace = '' } = spec?.claimRef ?? {};
  return { pvcName, pvcNamespace, pvName: metadata.name };
}

const noData = 'Lifeboat backs up objects; the data of this volume is not in the backup.';

/**
 * Velero looks volumes up by the persistent volume's name. Without an entry it takes an older way
 * through snapshots; an entry without a backup method says plainly that there is no data.
 */
export function volumeInfo(volumes: readonly Volume[], manifest: BackupManifest) {
  const reasons = new Map(
    manifest.volumes.map(({ namespace, name, reason }) => [`${namespace}/${name}`, reason]),
  );
  const bound = new Map(volumes.filter(({ pvName }) => pvName !== '').map((v) => [v.pvName, v]));
  const unbound = volumes.filter(({ pvName }) => pvName === '');
  return [...bound.values(), ...unbound].map((one) => ({
    ...one,
    snapshotDataMoved: false,
    preserveLocalSnapshot: false,
    skipped: true,
    skippedReason: reasons.get(`${one.pvcNamespace}/${one.pvcName}`) ?? noData,
  }));
}
