import { type JsonObject, at, listAt, objectAt, sameJson, textAt } from '../json.models.ts';
import { type Cause, fieldForbidden, invalidValue, required } from '../status.errors.ts';

type Previous = JsonObject | undefined;
type Field = { path: string[]; except: string[]; why: string; forbidden?: boolean };

/** A field that may not change, but for the named parts of it. */
export function immutableField(next: JsonObject, previous: Previous, field: Field): Cause[] {
  if (!previous) return [];
  const value = at(next, ...field.path) ?? null;
  if (sameJson(without(next, field), without(previous, field))) return [];
  const name = field.path.join('.');
  return [field.forbidden ? fieldForbidden(name, field.why) : invalidValue(name, value, field.why)];
}

function without(object: JsonObject, { path, except }: Field) {
  const value = at(object, ...path) ?? null;
  if (!except.length) return value;
  const kept = Object.entries(objectAt(object, ...path)).filter(([name]) => !except.includes(name));
  return Object.fromEntries(kept);
}

const frozen = 'field is immutable when `immutable` is set';

/** ConfigMaps and Secrets with `immutable: true`. */
export function immutableData(next: JsonObject, previous: Previous): Cause[] {
  if (previous?.['immutable'] !== true) return [];
  const thawed = next['immutable'] === true ? [] : [fieldForbidden('immutable', frozen)];
  const changed = ['data', 'binaryData'].filter(
    (field) => !sameJson(next[field] ?? {}, previous[field] ?? {}),
  );
  return [...thawed, ...changed.map((field) => fieldForbidden(field, frozen))];
}

export function immutableSecret(next: JsonObject, previous: Previous): Cause[] {
  const type = next['type'] ?? '';
  const changed = previous && previous['type'] !== type;
  return [
    ...(changed ? [invalidValue('type', type, 'field is immutable')] : []),
    ...immutableData(next, previous),
  ];
}

export function workloadSelector(next: JsonObject, previous: Previous): Cause[] {
  const selector = at(next, 'spec', 'selector') ?? null;
  if (!selector) return [required('spec.selector', '')];
  if (!previous || sameJson(selector, at(previous, 'spec', 'selector'))) return [];
  return [invalidValue('spec.selector', selector, 'field is immutable')];
}

/** A service keeps its address; only a change of type may drop it. */
export function serviceAddresses(next: JsonObject, previous: Previous): Cause[] {
  const before = textAt(previous, 'spec', 'clusterIP');
  const now = textAt(next, 'spec', 'clusterIP');
  const external = textAt(next, 'spec', 'type') === 'ExternalName';
  if (!before || external || now === before) return [];
  const addresses = listAt(next, 'spec', 'clusterIPs');
  return [invalidValue('spec.clusterIPs[0]', addresses, 'may not change once set')];
}
