import { readStored, withMetadata } from '../api/manifest.models.ts';
import { amend, ensure } from '../controllers/act.ts';
import { definitions } from '../controllers/definitions.ts';
import { removeObject } from '../http/delete.ts';
import { textOf } from '../store/stored.types.ts';
import type { World } from '../world.types.ts';
import type { PageSeen } from './faults.ts';

/** What happens to a kind while somebody reads it page by page. */
export function watchPages(world: World): (page: PageSeen) => void {
  return ({ resource, more }) => {
    if (world.faults.takeDoomed(resource.bucket)) deleteDefinition(world, resource.bucket);
    if (more && world.faults.isRestless(resource.plural)) disturb(world, resource.bucket);
  };
}

function deleteDefinition(world: World, name: string): void {
  const resource = world.registry.byBucket(definitions);
  const stored = world.store.bucket(definitions).get(name);
  if (resource && stored) removeObject(resource, stored, { world });
}

/** One object changed, one deleted, one added: somewhere, read or not yet read. */
function disturb(world: World, bucket: string): void {
  const kept = world.store.bucket(bucket);
  const { keys } = kept.viewAt(world.store.revision());
  const key = world.random.pick(keys);
  const stamp = world.random.suffix();
  amend(world, { bucket, key }, (object) =>
    withMetadata(object, { annotations: { 'sandbox/touched': stamp } }),
  );
  const model = kept.get(key);
  const victim = kept.get(world.random.pick(keys));
  const resource = world.registry.byBucket(bucket);
  if (!model || !victim || !resource) return;
  const added = withMetadata(readStored(textOf(model)), {
    name: `restless-${stamp}`,
    finalizers: undefined,
  });
  removeObject(resource, victim, { world });
  ensure(world, bucket, added);
}
