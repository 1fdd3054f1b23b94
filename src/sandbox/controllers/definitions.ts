import { readStored } from '../api/manifest.models.ts';
import { listAt } from '../json.models.ts';
import { establishedStatus, resourcesOf } from '../kinds/definitions.ts';
import { type Change, textOf } from '../store/stored.types.ts';
import { type World, timestamp } from '../world.types.ts';
import { amend, objectsOf } from './act.ts';

export const definitions = 'customresourcedefinitions.apiextensions.k8s.io';

/** Serves the kinds of a CRD, and takes them away with all their objects. */
export function serveDefinition(change: Change, world: World): void {
  if (change.bucket !== definitions) return;
  const { key } = change.after;
  if (change.type === 'DELETED') return withdraw(key, world);
  const definition = readStored(textOf(change.after));
  world.registry.serve(key, resourcesOf(definition));
  if (listAt(definition, 'status', 'conditions').length) return;
  amend(world, { bucket: definitions, key }, (object) => ({
    ...object,
    status: establishedStatus(object, timestamp(world.clock)),
  }));
}

function withdraw(name: string, world: World): void {
  for (const { stored } of objectsOf(world, name))
    world.store.remove(name, stored.key, () => textOf(stored));
  world.registry.withdraw(name);
}
