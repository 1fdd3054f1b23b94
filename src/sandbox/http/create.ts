import { toStorage } from '../api/convert.models.ts';
import {
  metadataOf,
  nameOf,
  printForStorage,
  servedText,
  withMetadata,
} from '../api/manifest.models.ts';
import { type Resource, apiVersionOf, hasSubresource } from '../api/resource.types.ts';
import { type JsonObject, textAt } from '../json.models.ts';
import { countsGenerations } from '../kinds/generations.models.ts';
import { rulesOf } from '../kinds/kind-rules.ts';
import { metadataCauses } from '../kinds/names.models.ts';
import { StatusError, alreadyExists, invalid } from '../status.errors.ts';
import { keyOf, textOf } from '../store/stored.types.ts';
import { type World, timestamp } from '../world.types.ts';
import { expectedOf, readObject } from './read-body.ts';
import type { Answer, Call } from './call.types.ts';
import { isDryRun } from './dry-run.models.ts';
import { managedFields } from './managed-fields.models.ts';
import { mustAccept, placeIn } from './namespaces.models.ts';
import { prune } from './prune.models.ts';

/** POST to a collection. */
export function createObject(call: Call, world: World): Answer {
  const dryRun = isDryRun(call.query, 'CreateOptions');
  const given = readObject(call, expectedOf(call.resource));
  if (textAt(given, 'metadata', 'resourceVersion')) throw versionSet();
  const placed = placeIn(given, call.resource.namespaced ? call.namespace : '');
  const object = prepare(placed, call, world);
  const text = addObject(call.resource, object, { world, dryRun });
  return { status: 201, body: servedText(call.resource, text) };
}

const versionSet = () =>
  new StatusError({
    code: 500,
    reason: '',
    message: 'resourceVersion should not be set on objects to be created',
  });

function prepare(object: JsonObject, call: Call, world: World): JsonObject {
  const { resource } = call;
  const named = nameOf(object) || generatedName(object, world);
  mustAccept(world.store, resource, { namespace: call.namespace, name: named });
  const fresh = withMetadata(resetStatus(resource, object), {
    name: named || undefined,
    uid: world.random.uuid(),
    creationTimestamp: timestamp(world.clock),
    generation: countsGenerations(resource) ? 1 : metadataOf(object)['generation'],
    deletionTimestamp: undefined,
    deletionGracePeriodSeconds: undefined,
  });
  const pruned = resource.schemas.reduce(prune, toStorage(resource, fresh));
  const managed = managedFields(pruned, {
    manager: call.userAgent.split('/')[0] || 'unknown',
    apiVersion: apiVersionOf(resource),
    time: timestamp(world.clock),
  });
  return withMetadata(pruned, { managedFields: managed });
}

function generatedName(object: JsonObject, { random }: World): string {
  const start = textAt(object, 'metadata', 'generateName').slice(0, 58);
  return start && `${start}${random.suffix()}`;
}

/** Status comes from controllers; a custom resource without the sub-resource keeps it as data. */
function resetStatus(resource: Resource, object: JsonObject): JsonObject {
  if (!hasSubresource(resource, 'status')) return object;
  const { status: _status, ...rest } = object;
  return rest;
}

/** Completes, checks and keeps a new object; answers its text as kept. Controllers use it, too. */
export function addObject(
  resource: Resource,
  object: JsonObject,
  { world, dryRun = false }: { world: World; dryRun?: boolean },
): string {
  const rules = rulesOf(resource.bucket);
  const causes = metadataCauses(resource, object);
  if (causes.length) throw invalid(resource, nameOf(object), causes);
  const complete = rules.complete?.(object, world) ?? object;
  const refused = rules.refuse?.(complete, undefined, world) ?? [];
  if (refused.length) throw invalid(resource, nameOf(object), refused);
  const key = keyOf(textAt(complete, 'metadata', 'namespace'), nameOf(complete));
  if (world.store.bucket(resource.bucket).get(key)) throw alreadyExists(resource, nameOf(object));
  if (dryRun) return printForStorage(resource, complete, 0);
  const stored = world.store.put(resource.bucket, key, (revision) =>
    printForStorage(resource, complete, revision),
  );
  return textOf(stored);
}
