import { type Json, type JsonObject, at, isObject, objectAt } from '../json.models.ts';

const always = new Set(['apiVersion', 'kind', 'metadata']);
const keeps = 'x-kubernetes-preserve-unknown-fields';

/** Drops what the schema does not name, unless it says to keep it. Nothing else is enforced. */
export function prune(object: JsonObject, schema: JsonObject): JsonObject {
  if (!Object.keys(schema).length || schema[keeps] === true) return object;
  const properties = objectAt(schema, 'properties');
  const kept = Object.entries(object).flatMap(([field, value]): [string, Json][] => {
    if (always.has(field)) return [[field, value]];
    const own = properties[field];
    return own === undefined ? [] : [[field, pruneValue(value, own)]];
  });
  return Object.fromEntries(kept);
}

function pruneValue(value: Json, schema: Json): Json {
  if (Array.isArray(value)) {
    const items = at(schema, 'items');
    return items === undefined ? value : value.map((one) => pruneValue(one, items));
  }
  if (!isObject(value) || at(schema, keeps) === true) return value;
  const others = at(schema, 'additionalProperties');
  const properties = objectAt(schema, 'properties');
  if (others === undefined && at(schema, 'properties') === undefined) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([field, inner]): [string, Json][] => {
      const own = properties[field] ?? others;
      if (own === undefined || own === false) return [];
      return [[field, own === true ? inner : pruneValue(inner, own)]];
    }),
  );
}
