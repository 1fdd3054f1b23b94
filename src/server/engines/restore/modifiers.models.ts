import jsonPatch, { type Operation } from 'fast-json-patch';
import { isObject, isRaw, type Json } from '#shared/json/lossless.ts';
import type { Modifier } from '#shared/restores/restores.contract.ts';
import type { ObjectPath } from '../paths.models.ts';
import { type Body, labelsOf, withField } from './body.models.ts';
import { matchesLabels, parseLabelSelector } from './label-selector.models.ts';
import { modifierInvalid } from './restore.errors.ts';
import { globPattern } from './selection.models.ts';

/**
 * Applies every rule whose condition holds for the object as it stands in the backup. A failed `test`
 * means that the rule is not meant for this object; any other failure throws
 * `restores.modifier_invalid`. Name and namespace stay what they are.
 */
export function modify(body: Body, at: ObjectPath, modifiers: readonly Modifier[]): Body {
  const rules = modifiers.filter((rule) => isMeant(rule, at, body));
  if (rules.length === 0) return body;
  const changed = rules.reduce((before, rule) => applyRule(before, rule), body);
  const named = withField(changed, ['metadata', 'name'], at.name);
  return withField(named, ['metadata', 'namespace'], at.namespace ?? undefined);
}

function isMeant(rule: Modifier, at: ObjectPath, body: Body): boolean {
  if (!globPattern(rule.resource).test(at.resource)) return false;
  if (rule.name !== undefined && !globPattern(rule.name).test(at.name)) return false;
  if (rule.namespaces && !rule.namespaces.includes(at.namespace ?? '')) return false;
  return matchesLabels(parseLabelSelector(rule.labelSelector ?? ''), labelsOf(body));
}

function applyRule(body: Body, rule: Modifier): Body {
  const document = guardNumbers(body);
  try {
    const patch: Operation[] = JSON.parse(JSON.stringify(rule.patch));
    const changed = restoreNumbers(
      jsonPatch.applyPatch<Json>(document, patch, true, true).newDocument,
    );
    if (!isObject(changed)) throw new Error('the object is gone after it');
    return changed;
  } catch (error) {
    if (error instanceof jsonPatch.JsonPatchError && error.name === 'TEST_OPERATION_FAILED')
      return body;
    throw modifierInvalid(rule.resource, error);
  }
}

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
