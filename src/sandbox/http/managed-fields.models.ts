import { type Json, type JsonObject, isObject } from '../json.models.ts';

type Writer = { manager: string; apiVersion: string; time: string };

/** One entry for who made the object, in the shape of FieldsV1 (lists are leaves here). */
export function managedFields(object: JsonObject, { manager, apiVersion, time }: Writer): Json {
  const { kind: _kind, apiVersion: _version, metadata, status: _status, ...rest } = object;
  const { labels, annotations, ownerReferences } = isObject(metadata) ? metadata : {};
  const own = Object.entries({ labels, annotations, ownerReferences }).filter(([, value]) => value);
  const fieldsV1 = fieldsOf({
    ...(own.length && { metadata: Object.fromEntries(own) as JsonObject }),
    ...rest,
  });
  if (!Object.keys(fieldsV1).length) return [];
  return [{ manager, operation: 'Update', apiVersion, time, fieldsType: 'FieldsV1', fieldsV1 }];
}

function fieldsOf(object: JsonObject): JsonObject {
  const fields = Object.keys(object).toSorted();
  return Object.fromEntries(fields.map((field) => [`f:${field}`, below(object[field])]));
}

const below = (value: Json | undefined): Json =>
  isObject(value) ? { '.': {}, ...fieldsOf(value) } : {};
