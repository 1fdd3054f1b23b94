import type { RestoreOptions } from '#shared/restores/restores.contract.ts';
import type { BackupManifest, EngineCluster, ObjectFilter, StoredObject } from '../engine.ts';

/** One backup, as a restore reads it. */
export type RestoreSource = {
  /** In the order of their paths. */
  objects: (filter: ObjectFilter, signal?: AbortSignal) => AsyncIterable<StoredObject>;
  readObject: (path: string) => Promise<StoredObject | null>;
  revision: string;
  manifest: BackupManifest;
};

export type RestoreGiven = {
  source: RestoreSource;
  target: EngineCluster;
  options: RestoreOptions;
};
