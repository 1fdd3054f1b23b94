import type { ApiResource } from '../../kubernetes/client.types.ts';
import { resourceName } from '../paths.models.ts';

/** Kinds that change all the time and that nobody restores: left out unless `kinds` names them. */
export const defaultNoise: readonly string[] = [
  'events',
  'events.events.k8s.io',
  'leases.coordination.k8s.io',
  'endpoints',
  'endpointslices.discovery.k8s.io',
  '*.metrics.k8s.io',
  '*.custom.metrics.k8s.io',
  '*.external.metrics.k8s.io',
  'tokenreviews.authentication.k8s.io',
  '*accessreviews.authorization.k8s.io',
  '*rulesreviews.authorization.k8s.io',
];

export const crds = 'customresourcedefinitions.apiextensions.k8s.io';

export type KindSelection = {
  kinds?: readonly string[] | undefined;
  excludedKinds?: readonly string[] | undefined;
  /** Namespaces are chosen: cluster-scoped kinds only when `kinds` names them. */
  scoped: boolean;
  noise: readonly string[];
};

/** `*` matches any text; a plural without its group matches in every group. */
export function matchesKind(pattern: string, name: string): boolean {
  const wanted = pattern.toLowerCase();
  return glob(wanted, name) || (!wanted.includes('.') && glob(wanted, name.split('.')[0] ?? ''));
}

/** Linear: every part between two stars is looked for once, from left to right. */
function glob(pattern: string, text: string): boolean {
  const [head = '', ...parts] = pattern.split('*');
  const tail = parts.pop();
  if (tail === undefined) return text === head;
  if (!text.startsWith(head) || text.length < head.length + tail.length) return false;
  let at = head.length;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - tail.length >= at && text.endsWith(tail);
}

/** The kinds of the cluster that a backup holds. */
export const selectKinds = (
  resources: readonly ApiResource[],
  selection: KindSelection,
): ApiResource[] =>
  resources.filter(
    (resource) =>
      ['list', 'get', 'create'].every((verb) => resource.verbs.includes(verb)) &&
      isSelected(resource, selection),
  );

function isSelected(resource: ApiResource, selection: KindSelection): boolean {
  const name = resourceName(resource);
  const { kinds, excludedKinds = [], noise, scoped } = selection;
  const named = kinds?.filter((pattern) => matchesKind(pattern, name)) ?? [];
  if (kinds && named.length === 0) return false;
  if (excludedKinds.some((pattern) => matchesKind(pattern, name))) return false;
  if (!named.some((pattern) => !pattern.includes('*')) && noise.some((one) => glob(one, name)))
    return false;
  return resource.namespaced || !scoped || named.some((pattern) => pattern !== '*');
}

/** What `kinds` names literally and the cluster does not serve. */
export const kindsNotServed = (
  resources: readonly ApiResource[],
  kinds: readonly string[] = [],
): string[] =>
  kinds.filter(
    (pattern) =>
      !pattern.includes('*') &&
      !resources.some((resource) => matchesKind(pattern, resourceName(resource))),
  );

/** Whether a group that could not be described might hold something that was asked for. */
export function groupMatters(group: string, { kinds, excludedKinds = [], noise }: KindSelection) {
  const whole = `*.${group}`;
  if ([...noise, ...excludedKinds].some((pattern) => glob(pattern, whole))) return false;
  return kinds === undefined || kinds.some((one) => one === '*' || one.endsWith(`.${group}`));
}

/**
 * Kinds of one plural in several groups may be the same objects (`ingresses` of old): read one after
 * the other, the core group first, `extensions` last, each object once by its uid.
 */
export function inUnits(resources: readonly ApiResource[]): ApiResource[][] {
  const rank = ({ group }: ApiResource) => (group === '' ? 0 : group === 'extensions' ? 2 : 1);
  const units = Map.groupBy(resources, ({ plural }) => plural);
  return [...units.values()].map((unit) => unit.toSorted((a, b) => rank(a) - rank(b)));
}

/** The core group has no slash: `v1`, `apps/v1`. */
export const apiVersionOf = ({ group, version }: ApiResource): string =>
  group === '' ? version : `${group}/${version}`;
