import {
  type Json,
  type JsonObject,
  isObject,
  objectAt,
  parseJson,
  printJson,
  sorted,
  textAt,
} from '../json.models.ts';
import { fromStorage } from './convert.models.ts';
import { type Resource, apiVersionOf } from './resource.types.ts';

/** Field order of ObjectMeta, as Go prints the struct. */
const metadataOrder = [
  'name',
  'generateName',
  'namespace',
  'selfLink',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'labels',
  'annotations',
  'ownerReferences',
  'finalizers',
  'managedFields',
];
/** Maps of built-in kinds, which Go prints in bytewise order. */
const maps = new Set(['labels', 'annotations', 'data', 'binaryData']);

export const metadataOf = (object: JsonObject): JsonObject => objectAt(object, 'metadata');
export const nameOf = (object: JsonObject): string => textAt(object, 'metadata', 'name');
export const namespaceOf = (object: JsonObject): string => textAt(object, 'metadata', 'namespace');
export const uidOf = (object: JsonObject): string => textAt(object, 'metadata', 'uid');

/** Replaces fields of `metadata`; undefined removes one. */
export function withMetadata(
  object: JsonObject,
  fields: Record<string, Json | undefined>,
): JsonObject {
  const metadata = dropUndefined({ ...metadataOf(object), ...fields });
  return { ...object, metadata };
}

export function dropUndefined(fields: Record<string, Json | undefined>): JsonObject {
  const kept: [string, Json][] = [];
  for (const [field, value] of Object.entries(fields)) {
    if (value !== undefined) kept.push([field, value]);
  }
  return Object.fromEntries(kept);
}

/** The text that is kept: built-in kinds without `kind` and `apiVersion`, as their list items are. */
export function printForStorage(resource: Resource, object: JsonObject, revision: number): string {
  const stamped = withMetadata(object, {
    resourceVersion: revision ? String(revision) : undefined,
  });
  if (resource.custom) {
    return printJson(sorted({ ...stamped, apiVersion: resource.storedAs, kind: resource.kind }));
  }
  const { kind: _kind, apiVersion: _version, metadata, ...rest } = stamped;
  return printJson({ metadata: orderMetadata(metadata), ...orderMaps(rest) });
}

function orderMetadata(metadata: Json | undefined): Json {
  const given = isObject(metadata) ? orderMaps(metadata) : {};
  return dropUndefined(
    Object.fromEntries(metadataOrder.map((field) => [field, withoutEmpty(given[field])])),
  );
}

/** Go omits empty lists and maps (`omitempty`), and null. */
function withoutEmpty(value: Json | undefined): Json | undefined {
  if (value === null || value === '') return undefined;
  if (Array.isArray(value)) return value.length ? value : undefined;
  return isObject(value) && Object.keys(value).length === 0 ? undefined : value;
}

function orderMaps(fields: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [
      field,
      maps.has(field) ? sorted(value) : value,
    ]),
  );
}

/** The whole object in the version of `resource`, as GET and watch events show it. */
export function servedText(resource: Resource, stored: string): string {
  if (resource.custom) return inVersion(resource, stored);
  const own = itemText(resource, stored);
  return `{"kind":${JSON.stringify(resource.kind)},"apiVersion":"${apiVersionOf(resource)}",${own.slice(1)}`;
}

/** How the object appears in a list: built-in kinds carry no `kind` and `apiVersion` there. */
export function itemText(resource: Resource, stored: string): string {
  if (resource.custom) return inVersion(resource, stored);
  if (resource.storedAs === apiVersionOf(resource)) return stored;
  return printJson(fromStorage(resource, readStored(stored)));
}

/** Fields that sort before `apiVersion` are rare (a top-level `Name`): those texts are parsed. */
function inVersion(resource: Resource, stored: string): string {
  const served = apiVersionOf(resource);
  if (resource.storedAs === served) return stored;
  const start = `{"apiVersion":"${resource.storedAs}"`;
  if (stored.startsWith(start)) return `{"apiVersion":"${served}"${stored.slice(start.length)}`;
  return printJson(sorted({ ...readStored(stored), apiVersion: served }));
}

export function readStored(text: string): JsonObject {
  const object = parseJson(text);
  return isObject(object) ? object : {};
}

/** The object with `kind` and `apiVersion`, parsed. */
export const readServed = (resource: Resource, stored: string): JsonObject =>
  readStored(servedText(resource, stored));
