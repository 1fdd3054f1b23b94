import {
  nameOf,
  namespaceOf,
  printForStorage,
  uidOf,
  withMetadata,
} from '../api/manifest.models.ts';
import type { Resource } from '../api/resource.types.ts';
import { textAt } from '../json.models.ts';
import { countsGenerations } from '../kinds/generations.models.ts';
import { resourcesOf } from '../kinds/definitions.ts';
import { keyOf } from '../store/stored.types.ts';
import type { World } from '../world.types.ts';
import type { Add, Manifest } from './estate.types.ts';

/** Puts an estate in place, past the rules of the API: it is as if it had always been there. */
export function loadEstate(world: World, fill: (add: Add) => void): void {
  const byBucket = new Map<string, { key: string; body: (revision: number) => string }[]>();
  const add: Add = (manifest, age = 200) => {
    const whole = identify(manifest, age, world);
    const resource = resourceFor(whole, world);
    const counted = countsGenerations(resource) ? withMetadata(whole, { generation: 1 }) : whole;
    const placed = byBucket.get(resource.bucket) ?? [];
    byBucket.set(resource.bucket, placed);
    const key = keyOf(namespaceOf(whole), nameOf(whole));
    placed.push({ key, body: (revision) => printForStorage(resource, counted, revision) });
    if (resource.kind === 'CustomResourceDefinition') world.registry.serve(key, resourcesOf(whole));
    return whole;
  };
  fill(add);
  for (const [bucket, objects] of byBucket) world.store.load(bucket, objects);
}

function identify(manifest: Manifest, age: number, { random, clock }: World): Manifest {
  const made = clock().subtract({ hours: Math.round(age * 24) + random.below(20) });
  return withMetadata(manifest, {
    uid: uidOf(manifest) || random.uuid(),
    creationTimestamp: made.round('second').toString(),
  });
}

function resourceFor(manifest: Manifest, { registry }: World): Resource {
  const [apiVersion, kind] = [textAt(manifest, 'apiVersion'), textAt(manifest, 'kind')];
  const found = registry.byKind(apiVersion, kind);
  const stored = found && registry.byBucket(found.bucket);
  if (!stored)
    throw new RangeError(`The estate has a kind that is not served: ${apiVersion} ${kind}.`);
  return stored;
}
