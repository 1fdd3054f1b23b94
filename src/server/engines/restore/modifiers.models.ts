import jsonPatch, { type Operation } from 'fast-json-patch';
import { isObject, isRaw, type Json } from '#shared/json/lossless.ts';
import type { Modifier } from '#shared/restores/restores.contract.ts';
import type { ObjectPath } from '../paths.models.ts';
import { type Body, labelsOf } from './body.models.ts';
import { matchesLabels, parseLabelSelector } from './label-selector.models.ts';
import { keepsItsPlace } from './modifier-rules.models.ts';
import { modifierInvalid } from './restore.errors.ts';
import { globPattern } from './selection.models.ts';

/**
 * Applies every rule whose condition holds for the object as it stands in the backup. A failed `test`
 * means that the rule is not meant for this object; any other failure throws
 * `restores.modifier_invalid`, and so does another name or namespace.
 */
export function modify(body: Body, at: ObjectPath, modifiers: readonly Modifier[]): Body {
  const rules = modifiers.filter((rule) => isMeant(rule, at, body));
  if (rules.length === 0) return body;
  return rules.reduce((before, rule) => applyRule(before, rule), body);
}

function isMeant(rule: Modifier, at: ObjectPath, body: Body): boolean {
  if (!globPattern(rule.resource).test(at.resource)) return false;
  if (rule.name !== undefined && !globPattern(rule.name).test(at.name)) return false;
  if (rule.namespaces && !rule.namespaces.includes(at.namespace ?? '')) return false;
  return matchesLabels(parseLabelSelector(rule.labelSelector ?? ''), labelsOf(body));
}

function applyRule(body: Body, rule: Modifier): Body {
  const changed = patched(body, rule);
  if (!isObject(changed)) throw modifierInvalid(rule.resource, 'nothing of the object remains');
  if (placeOf(changed) !== placeOf(body)) throw modifierInvalid(rule.resource, keepsItsPlace);
  return changed;
}

function patched(body: Body, { resource, patch }: Modifier): Json {
  const operations: Operation[] = JSON.parse(JSON.stringify(patch));
  try {
    const document: Json = guardNumbers(body);
    return restoreNumbers(jsonPatch.applyPatch(document, operations, true, true).newDocument);
  } catch (error) {
    const name = error instanceof jsonPatch.JsonPatchError ? error.name : '';
    if (name === 'TEST_OPERATION_FAILED') return body;
    throw modifierInvalid(resource, faults[name] ?? 'its patch does not fit the object', error);
  }
}

const placeOf = ({ metadata }: Body): string => {
  const { name, namespace } = isObject(metadata) ? metadata : {};
  return JSON.stringify([name, namespace]);
};

/** What the library finds only when it meets an object. */
const faults: Readonly<Record<string, string>> = {
  OPERATION_PATH_CANNOT_ADD: 'it adds below a field that the object does not have',
  OPERATION_PATH_UNRESOLVABLE: 'it changes a field that the object does not have',
  OPERATION_FROM_UNRESOLVABLE: 'it takes from a field that the object does not have',
  OPERATION_PATH_ILLEGAL_ARRAY_INDEX: 'a place in a list is a number or -',
  OPERATION_VALUE_OUT_OF_BOUNDS: 'it adds behind the end of a list',
};

/** The library copies through JSON.parse, which would round: numbers travel as marked texts. */
const mark = '\u0000number:';

function guardNumbers(value: Json): Json {
  if (isRaw(value)) return `${mark}${value.rawJSON}`;
  return mapInside(value, guardNumbers);
}

function restoreNumbers(value: Json): Json {
  if (typeof value === 'string' && value.startsWith(mark))
    return JSON.rawJSON(value.slice(mark.length));
  return mapInside(value, restoreNumbers);
}

function mapInside(value: Json, change: (item: Json) => Json): Json {
  if (Array.isArray(value)) return value.map((item) => change(item));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item)]));
}
