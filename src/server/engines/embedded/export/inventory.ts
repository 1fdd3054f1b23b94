import type { ObjectPath } from '../../paths.models.ts';
import type { BackupManifest, ExportOutcome, StoredObject } from '../../engine.ts';
import { type Volume, volumeOf } from './volume-info.models.ts';

/** What went into an export, counted while it is written. */
export type Inventory = {
  objects: number;
  bytes: number;
  leftOut: ExportOutcome['leftOut'];
  volumes: Volume[];
  /** Names by resource: `ns/name`, or `name`. */
  names: Map<string, string[]>;
};

export const createInventory = (): Inventory => ({
  objects: 0,
  bytes: 0,
  leftOut: [],
  volumes: [],
  names: new Map(),
});

export function count(inventory: Inventory, path: ObjectPath, { json }: StoredObject): void {
  inventory.objects += 1;
  inventory.bytes += json.length;
  const names = inventory.names.get(path.resource) ?? [];
  names.push(path.namespace === null ? path.name : `${path.namespace}/${path.name}`);
  inventory.names.set(path.resource, names);
  const volume = volumeOf(path.resource, json);
  if (volume) inventory.volumes.push(volume);
}

/** Velero's resource list: `apps/v1/Deployment` → sorted names. */
export function resourceList(
  { names }: Inventory,
  { kinds }: BackupManifest,
): Record<string, string[]> {
  const lists = kinds.flatMap(({ resource, kind, version }) => {
    const found = names.get(resource);
    if (!found) return [];
    const [, ...group] = resource.split('.');
    const apiVersion = group.length === 0 ? version : `${group.join('.')}/${version}`;
    return [[`${apiVersion}/${kind}`, found.toSorted()] as const];
  });
  return Object.fromEntries(lists);
}
