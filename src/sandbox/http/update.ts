import { toStorage } from '../api/convert.models.ts';
import {
  metadataOf,
  nameOf,
  namespaceOf,
  printForStorage,
  readServed,
  servedText,
  uidOf,
  withMetadata,
} from '../api/manifest.models.ts';
import { type Resource, hasSubresource } from '../api/resource.types.ts';
import { type JsonObject, listAt, numberAt, sameJson, textAt } from '../json.models.ts';
import { countsGenerations, nextGeneration } from '../kinds/generations.models.ts';
import { rulesOf } from '../kinds/kind-rules.ts';
import {
  badRequest,
  invalid,
  invalidValue,
  modified,
  notFound,
  uidDiffers,
  unsupportedMedia,
} from '../status.errors.ts';
import { type Stored, keyOf, textOf } from '../store/stored.types.ts';
import type { World } from '../world.types.ts';
import { expectedOf, readObject } from './read-body.ts';
import type { Answer, Call } from './call.types.ts';
import { isDryRun } from './dry-run.models.ts';
import { placeIn } from './namespaces.models.ts';
import { applyPatch } from './patch.models.ts';
import { prune } from './prune.models.ts';

/** PUT on an object or its `status`. */
export function replaceObject(call: Call, world: World): Answer {
  const dryRun = isDryRun(call.query, 'UpdateOptions');
  const given = readObject(call, expectedOf(call.resource));
  if (nameOf(given) !== call.name) throw nameDiffers(nameOf(given), call.name);
  const placed = placeIn(given, call.resource.namespaced ? call.namespace : '');
  const current = mustFind(call, world);
  if (call.resource.custom && !textAt(placed, 'metadata', 'resourceVersion'))
    throw versionNeeded(call);
  return writeOver(call, { current, next: placed, world, dryRun });
}

const nameDiffers = (given: string, asked: string) =>
  badRequest(`the name of the object (${given}) does not match the name on the URL (${asked})`);

const versionNeeded = ({ resource, name }: Call) =>
  invalid({ ...resource, kind: resource.plural }, name, [
    invalidValue('metadata.resourceVersion', 0, 'must be specified for an update'),
  ]);

const patchTypes = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
];

/** PATCH: JSON patch and merge patch (a strategic one is taken as a merge patch). */
export function patchObject(call: Call, world: World): Answer {
  if (!patchTypes.some((type) => call.contentType.startsWith(type))) {
    throw unsupportedMedia('415: Unsupported Media Type', {});
  }
  const dryRun = isDryRun(call.query, 'PatchOptions');
  const current = mustFind(call, world);
  const before = readServed(call.resource, textOf(current));
  const next = applyPatch(before, call.body, call.contentType);
  return writeOver(call, { current, next, world, dryRun });
}

export function mustFind(
  call: Pick<Call, 'resource' | 'namespace' | 'name'>,
  { store }: World,
): Stored {
  const found = store.bucket(call.resource.bucket).get(keyOf(call.namespace, call.name));
  if (!found) throw notFound(call.resource, call.name);
  return found;
}

type Write = { current: Stored; next: JsonObject; world: World; dryRun: boolean };

function writeOver(call: Call, { current, next, world, dryRun }: Write): Answer {
  const { resource, subresource } = call;
  const before = readServed(resource, textOf(current));
  checkIdentity(resource, before, next);
  const merged = mergeParts({ resource, subresource, before, next });
  const text = changeObject(resource, merged, { world, current, dryRun });
  return { status: 200, body: servedText(resource, text) };
}

function checkIdentity(resource: Resource, before: JsonObject, next: JsonObject): void {
  const name = nameOf(before);
  const [given, kept] = [uidOf(next), uidOf(before)];
  if (given && given !== kept) {
    const key = `/registry/${resource.plural}/${keyOf(namespaceOf(before), name)}`;
    throw uidDiffers(resource, name, { given, kept, key });
  }
  const version = textAt(next, 'metadata', 'resourceVersion');
  if (version && version !== textAt(before, 'metadata', 'resourceVersion'))
    throw modified(resource, name);
}

type Parts = { resource: Resource; subresource: string; before: JsonObject; next: JsonObject };

/** The object itself keeps its status, the sub-resource changes nothing else. */
function mergeParts({ resource, subresource, before, next }: Parts): JsonObject {
  const kept = keepIdentity(before, next);
  if (subresource === 'status') {
    return { ...before, metadata: kept['metadata'] ?? {}, ...part(next, 'status') };
  }
  if (subresource === 'finalize') return { ...before, ...part(next, 'spec') };
  if (!hasSubresource(resource, 'status')) return kept;
  const { status: _status, ...own } = kept;
  return { ...own, ...part(before, 'status') };
}

const part = (object: JsonObject, field: string): JsonObject =>
  object[field] === undefined ? {} : { [field]: object[field] };

function keepIdentity(before: JsonObject, next: JsonObject): JsonObject {
  const old = metadataOf(before);
  const fixed = [
    'uid',
    'creationTimestamp',
    'generateName',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'generation',
    'managedFields',
  ];
  return withMetadata(next, Object.fromEntries(fixed.map((field) => [field, old[field]])));
}

type Place = { world: World; current: Stored; dryRun?: boolean };

/** Checks and keeps a changed object, in any served version; answers its text as kept. */
export function changeObject(
  resource: Resource,
  next: JsonObject,
  { world, current, dryRun }: Place,
): string {
  const before = toStorage(resource, readServed(resource, textOf(current)));
  const pruned = resource.schemas.reduce(prune, toStorage(resource, next));
  const refused = rulesOf(resource.bucket).refuse?.(pruned, before, world) ?? [];
  if (refused.length) throw invalid(resource, nameOf(before), refused);
  const counted = withGeneration(resource, before, pruned);
  if (sameJson(unversioned(before), unversioned(counted))) return textOf(current);
  if (dryRun) return printForStorage(resource, counted, current.revision);
  return keep(resource, counted, { world, current });
}

function keep(resource: Resource, object: JsonObject, { world, current }: Place): string {
  const print = (revision: number) => printForStorage(resource, object, revision);
  if (!isGone(object)) return textOf(world.store.put(resource.bucket, current.key, print));
  world.store.remove(resource.bucket, current.key, print);
  return print(world.store.revision());
}

/** Marked for deletion, and the last finalizer has let go. */
function isGone(object: JsonObject): boolean {
  if (!textAt(object, 'metadata', 'deletionTimestamp')) return false;
  const holds = [...listAt(object, 'metadata', 'finalizers'), ...namespaceFinalizers(object)];
  return holds.length === 0;
}

const namespaceFinalizers = (object: JsonObject) =>
  textAt(object, 'kind') === 'Namespace' ? listAt(object, 'spec', 'finalizers') : [];

function withGeneration(resource: Resource, before: JsonObject, next: JsonObject): JsonObject {
  if (!countsGenerations(resource)) return next;
  const generation = numberAt(before, 'metadata', 'generation') ?? 1;
  return withMetadata(next, { generation: nextGeneration(before, next, generation) });
}

const unversioned = (object: JsonObject) =>
  withMetadata({ ...object, apiVersion: '' }, { resourceVersion: undefined });
