import { nameOf, readServed, uidOf, withMetadata } from '../api/manifest.models.ts';
import { removeObject } from '../http/delete.ts';
import { type JsonObject, listAt, textAt } from '../json.models.ts';
import { type Change, textOf } from '../store/stored.types.ts';
import type { World } from '../world.types.ts';
import { type Found, amend, lookUp, objectsOf } from './act.ts';
import { isOwnedBy } from './workloads.ts';

/** Deletes what lost its last owner, and does what foreground and orphan deletion wait for. */
export function collectGarbage(change: Change, world: World): void {
  const { bucket, after } = change;
  if (change.type === 'ADDED') return dropIfOwnerless(bucket, after.key, world);
  if (change.type === 'DELETED') return deleteDependents(change, world);
  const found = lookUp(world, bucket, after.key);
  if (!found || !textAt(found.object, 'metadata', 'deletionTimestamp')) return;
  const finalizers = listAt(found.object, 'metadata', 'finalizers');
  if (finalizers.includes('orphan')) orphan(found, world);
  else if (finalizers.includes('foregroundDeletion')) deleteForeground(found, world);
  else if (finalizers.some((one) => typeof one === 'string' && protection.has(one)))
    release(found, protection, world);
}

/** Volumes are protected while in use; nothing mounts anything here. */
const protection = new Set(['kubernetes.io/pvc-protection', 'kubernetes.io/pv-protection']);

function release({ resource, stored }: Found, names: ReadonlySet<string>, world: World): void {
  amend(world, { bucket: resource.bucket, key: stored.key }, (object) =>
    withMetadata(object, {
      finalizers: listAt(object, 'metadata', 'finalizers').filter(
        (one) => typeof one !== 'string' || !names.has(one),
      ),
    }),
  );
}

/** An owner that was never there: a stale uid is accepted at first, then the object goes. */
function dropIfOwnerless(bucket: string, key: string, world: World): void {
  const found = lookUp(world, bucket, key);
  const owners = found ? listAt(found.object, 'metadata', 'ownerReferences') : [];
  if (!found || !owners.length || owners.some((owner) => isThere(owner, found.object, world)))
    return;
  removeObject(found.resource, found.stored, { world });
}

function isThere(owner: JsonObject[string], object: JsonObject, world: World): boolean {
  const resource = world.registry.byKind(textAt(owner, 'apiVersion'), textAt(owner, 'kind'));
  if (!resource) return true;
  const namespace = resource.namespaced ? textAt(object, 'metadata', 'namespace') : '';
  const key = namespace ? `${namespace}/${textAt(owner, 'name')}` : textAt(owner, 'name');
  const found = lookUp(world, resource.bucket, key);
  return found !== undefined && uidOf(found.object) === textAt(owner, 'uid');
}

function* dependentsOf(owner: JsonObject, world: World): Generator<Found> {
  const namespace = textAt(owner, 'metadata', 'namespace');
  for (const bucket of world.store.names()) {
    for (const found of objectsOf(world, bucket, namespace)) {
      if (isOwnedBy(found.object, uidOf(owner))) yield found;
    }
  }
}

function deleteDependents({ bucket, after }: Change, world: World): void {
  const resource = world.registry.byBucket(bucket);
  if (!resource || (!owning.has(bucket) && !resource.custom)) return;
  for (const found of dependentsOf(readServed(resource, textOf(after)), world)) {
    dropIfOwnerless(found.resource.bucket, found.stored.key, world);
  }
}

/** Kinds that own others in practice: the rest need not be searched for dependents. */
const owning = new Set([
  'deployments.apps',
  'replicasets.apps',
  'statefulsets.apps',
  'daemonsets.apps',
  'jobs.batch',
  'cronjobs.batch',
  'services',
  'configmaps',
  'pods',
]);

function orphan(found: Found, world: World): void {
  const uid = uidOf(found.object);
  for (const { resource, stored } of dependentsOf(found.object, world).toArray()) {
    amend(world, { bucket: resource.bucket, key: stored.key }, (object) =>
      withMetadata(object, {
        ownerReferences: listAt(object, 'metadata', 'ownerReferences').filter(
          (one) => textAt(one, 'uid') !== uid,
        ),
      }),
    );
  }
  release(found, new Set(['orphan']), world);
}

function deleteForeground(found: Found, world: World): void {
  for (const { resource, stored, object } of dependentsOf(found.object, world).toArray()) {
    if (nameOf(object)) removeObject(resource, stored, { world });
  }
  release(found, new Set(['foregroundDeletion']), world);
}
