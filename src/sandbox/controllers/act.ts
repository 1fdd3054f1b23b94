import { readServed } from '../api/manifest.models.ts';
import type { Resource } from '../api/resource.types.ts';
import { addObject } from '../http/create.ts';
import { changeObject } from '../http/update.ts';
import type { JsonObject } from '../json.models.ts';
import { StatusError } from '../status.errors.ts';
import { type Stored, textOf } from '../store/stored.types.ts';
import { type World, timestamp } from '../world.types.ts';

/** The object as it is now, with its resource; undefined when it is gone. */
export function lookUp(world: World, bucket: string, key: string) {
  const resource = world.registry.byBucket(bucket);
  const stored = world.store.bucket(bucket).get(key);
  if (!resource || !stored) return undefined;
  return { resource, stored, object: readServed(resource, textOf(stored)) };
}

/** Changes an object if it is still there; no conflict is possible, all happens in one turn. */
export function amend(
  world: World,
  at: { bucket: string; key: string },
  change: (object: JsonObject) => JsonObject,
): void {
  const found = lookUp(world, at.bucket, at.key);
  if (!found) return;
  changeObject(found.resource, change(found.object), { world, current: found.stored });
}

/** Adds what is missing. A namespace that goes away or a name that is taken is no news to a controller. */
export function ensure(world: World, bucket: string, object: JsonObject): void {
  const resource = world.registry.byBucket(bucket);
  if (!resource) return;
  try {
    addObject(resource, stamped(world, object), { world });
  } catch (error) {
    if (!(error instanceof StatusError && [403, 404, 409].includes(error.code))) throw error;
  }
}

/** With the identity that every new object gets. */
function stamped(world: World, object: JsonObject): JsonObject {
  const metadata = object['metadata'] as JsonObject;
  const uid = world.random.uuid();
  return { ...object, metadata: { ...metadata, uid, creationTimestamp: timestamp(world.clock) } };
}

export type Found = { resource: Resource; stored: Stored; object: JsonObject };

/** All objects of a kind, in one namespace when it is given. */
export function* objectsOf(world: World, bucket: string, namespace = ''): Generator<Found> {
  const resource = world.registry.byBucket(bucket);
  const kept = world.store.bucket(bucket);
  const { keys } = kept.viewAt(world.store.revision());
  for (const key of keys.slice()) {
    if (namespace && !key.startsWith(`${namespace}/`)) continue;
    const stored = kept.get(key);
    if (resource && stored)
      yield { resource, stored, object: readServed(resource, textOf(stored)) };
  }
}
