import { isObject, type Json, type JsonObject, parseJsonObject } from '#shared/json/lossless.ts';

/** An object of a cluster as JSON, its 64-bit integers intact. */
export type Body = JsonObject;
/** Keys from the outside in. */
export type FieldPath = readonly string[];

export type OwnerRef = { apiVersion: string; kind: string; name: string; uid: string };

/** Throws a SyntaxError when the bytes are not a JSON object. */
export const parseBody = (bytes: Buffer | string): Body => parseJsonObject(bytes.toString());

/** Only what the body itself holds: a key may be called `constructor`. */
export function fieldAt(value: Json | undefined, path: FieldPath): Json | undefined {
  let found = value;
  for (const key of path) {
    if (!isObject(found) || !Object.hasOwn(found, key)) return undefined;
    found = found[key];
  }
  return found;
}

/** '' when there is no text at this place. */
export function textAt(body: Body, path: FieldPath): string {
  const value = fieldAt(body, path);
  return typeof value === 'string' ? value : '';
}

export function objectAt(body: Body, path: FieldPath): JsonObject {
  const value = fieldAt(body, path);
  return isObject(value) ? value : {};
}

export function listAt(body: Body, path: FieldPath): readonly Json[] {
  const value = fieldAt(body, path);
  return Array.isArray(value) ? value : [];
}

/**
 * The body with one field set, or left out when the value is undefined. Shares with the original what
 * did not change; where nothing would change it is the original.
 */
export function withField(body: Body, [key, ...rest]: FieldPath, value: Json | undefined): Body {
  if (key === undefined) return body;
  const held = Object.hasOwn(body, key) ? body[key] : undefined;
  if (rest.length > 0) {
    if (value === undefined && !isObject(held)) return body;
    return set(body, key, withField(isObject(held) ? held : {}, rest, value));
  }
  if (value !== undefined) return set(body, key, value);
  return held === undefined ? body : without(body, key);
}

/** By entries, never by assignment: assigning to `__proto__` would set a prototype. */
const without = (body: Body, key: string): Body =>
  Object.fromEntries(Object.entries(body).filter(([name]) => name !== key));

const set = (body: Body, key: string, value: Json): Body => ({ ...body, [key]: value });

export function withoutFields(body: Body, paths: readonly FieldPath[]): Body {
  return paths.reduce((rest, path) => withField(rest, path, undefined), body);
}

export const uidOf = (body: Body): string => textAt(body, ['metadata', 'uid']);
export const nameOf = (body: Body): string => textAt(body, ['metadata', 'name']);
export const resourceVersionOf = (body: Body): string =>
  textAt(body, ['metadata', 'resourceVersion']);

/** Whether the object is being deleted, held perhaps by a finalizer. */
export const isLeaving = (body: Body): boolean =>
  textAt(body, ['metadata', 'deletionTimestamp']) !== '';

export const labelsOf = (body: Body): Record<string, string> => texts(body, 'labels');
export const annotationsOf = (body: Body): Record<string, string> => texts(body, 'annotations');

function texts(body: Body, field: string): Record<string, string> {
  const entries = Object.entries(objectAt(body, ['metadata', field]));
  return Object.fromEntries(
    entries.flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  );
}
