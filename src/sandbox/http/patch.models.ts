import {
  type Json,
  type JsonObject,
  cloneJson,
  isObject,
  parseJson,
  sameJson,
} from '../json.models.ts';
import { badRequest, patchRejected } from '../status.errors.ts';

/** RFC 7396. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const merged = new Map(Object.entries(isObject(target) ? target : {}));
  for (const [field, value] of Object.entries(patch)) {
    if (value === null) merged.delete(field);
    else merged.set(field, mergePatch(merged.get(field), value));
  }
  return Object.fromEntries(merged);
}

/** RFC 6902. Any operation that does not apply refuses the whole patch (422). */
export function jsonPatch(target: JsonObject, operations: Json): JsonObject {
  if (!Array.isArray(operations)) throw badRequest('error decoding patch: a list is expected');
  const document = operations.reduce<Json>((now, one) => applyOne(now, one), cloneJson(target));
  if (!isObject(document)) throw patchRejected();
  return document;
}

function applyOne(document: Json, operation: Json): Json {
  if (!isObject(operation)) throw patchRejected();
  const { op, path, from, value = null } = operation;
  if (typeof path !== 'string') throw patchRejected();
  if (op === 'add') return edit(document, path, () => value);
  if (op === 'replace')
    return edit(document, path, {
      change: (old) => (old === undefined ? fail() : value),
      replace: true,
    });
  if (op === 'remove')
    return edit(document, path, (old) => (old === undefined ? fail() : undefined));
  if (op === 'test') return sameJson(read(document, path), value) ? document : fail();
  if (typeof from !== 'string') throw patchRejected();
  const found = read(document, from) ?? fail();
  const cut = op === 'move' ? edit(document, from, () => undefined) : document;
  return edit(cut, path, () => found);
}

const fail = (): never => {
  throw patchRejected();
};

const segments = (path: string) =>
  path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

function read(document: Json, path: string): Json | undefined {
  let here: Json | undefined = document;
  for (const part of segments(path)) {
    if (Array.isArray(here)) here = here[Number(part)];
    else here = isObject(here) ? here[part] : undefined;
  }
  return here;
}

type Change = (old: Json | undefined) => Json | undefined;
type Edit = { change: Change; replace: boolean };

/** `replace`: a list item is exchanged instead of pushed aside. Undefined removes. */
function edit(document: Json, path: string, how: Change | Edit): Json {
  const { change, replace } = typeof how === 'function' ? { change: how, replace: false } : how;
  const parts = segments(path);
  const last = parts.pop();
  if (last === undefined) return change(document) ?? null;
  const parent = parts.length ? read(document, `/${parts.map(escape).join('/')}`) : document;
  if (Array.isArray(parent)) editList(parent, last, { change, replace });
  else if (isObject(parent)) editObject(parent, last, change);
  else fail();
  return document;
}

const escape = (part: string) => part.replaceAll('~', '~0').replaceAll('/', '~1');

function editObject(parent: JsonObject, field: string, change: Change): void {
  const value = change(parent[field]);
  if (value === undefined) delete parent[field];
  else
    Object.defineProperty(parent, field, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
}

function editList(list: Json[], part: string, how: { change: Change; replace: boolean }): void {
  const index = part === '-' ? list.length : Number(part);
  if (!Number.isInteger(index) || index < 0 || index > list.length) return fail();
  const value = how.change(list[index]);
  if (value === undefined) list.splice(index, 1);
  else list.splice(index, how.replace ? 1 : 0, value);
}

/** The patched object; which form it is says the content type. */
export function applyPatch(target: JsonObject, body: string, contentType: string): JsonObject {
  const patch = readPatch(body);
  if (contentType.startsWith('application/json-patch+json')) return jsonPatch(target, patch);
  const merged = mergePatch(target, patch);
  return isObject(merged) ? merged : target;
}

function readPatch(body: string): Json {
  try {
    return parseJson(body);
  } catch (error) {
    if (error instanceof SyntaxError) throw badRequest(`error decoding patch: ${error.message}`);
    throw error;
  }
}
