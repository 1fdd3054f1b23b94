import type { BackupFindings } from '#shared/coverage/coverage.models.ts';
import type { BackupManifest } from '../../engines/engine.ts';

export type Findings = BackupFindings & { objects: number };
type Needs = {
  /** Null when the description of the backup cannot be read. */
  manifestOf: (at: { cluster: string; backup: string }) => Promise<BackupManifest | null>;
};

/** Descriptions kept at once; one of ten thousand namespaces with as many claims takes about 3 MB. */
const kept = 32;

/** What backups say about themselves; a description never changes, so each is read once. */
export function createFindings({ manifestOf }: Needs) {
  const known = new Map<string, Findings>();
  return async (cluster: string, backup: string, startedAt: number): Promise<Findings | null> => {
    const key = `${cluster}/${backup}/${startedAt}`;
    const before = known.get(key);
    if (before) return before;
    const manifest = await manifestOf({ cluster, backup });
    if (!manifest) return null;
    const [oldest] = known.keys();
    if (known.size >= kept && oldest !== undefined) known.delete(oldest);
    const findings = readFindings(manifest);
    known.set(key, findings);
    return findings;
  };
}

const readFindings = ({ kinds, volumes, objects }: BackupManifest): Findings => ({
  objects,
  kindsNotRead: kinds
    .filter(({ read }) => read !== 'complete')
    .map(({ resource, namespaced, reason }) => ({
      resource,
      namespaced,
      reason: reason ?? 'No reason is known.',
    })),
  claims: new Map(volumes.map(({ namespace, name, reason }) => [`${namespace}/${name}`, reason])),
});
