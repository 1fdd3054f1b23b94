import type { Registry } from '../api/registry.ts';
import type { Resource } from '../api/resource.types.ts';

/** What a path of the resource API points at. */
export type Target = {
  resource: Resource;
  namespace: string;
  /** '' for a collection. */
  name: string;
  /** '' for the object itself. */
  subresource: string;
};

export type Route =
  | { to: 'resource'; target: Target }
  | { to: 'discovery'; group: string; version: string; depth: 'root' | 'group' | 'version' }
  | { to: 'unknown-resource' }
  | { to: 'page'; path: string };

/** Path → what it means, with the registry as it is now. */
export function routeOf(path: string, registry: Registry): Route {
  const [root, ...rest] = path.split('/').slice(1).filter(Boolean).map(decode);
  if (root === 'api') return inCore(rest, registry);
  if (root !== 'apis') return { to: 'page', path };
  const [group, ...below] = rest;
  if (group === undefined) return { to: 'discovery', group: '', version: '', depth: 'root' };
  return inGroup(group, below, registry);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return part;
    throw error;
  }
}

/** `core` stands for the root of the core group, which has no name of its own. */
function inCore(parts: readonly string[], registry: Registry): Route {
  if (parts.length) return inGroup('', parts, registry);
  return { to: 'discovery', group: 'core', version: '', depth: 'root' };
}

function inGroup(group: string, parts: readonly string[], registry: Registry): Route {
  const [version, ...rest] = parts;
  if (version === undefined) {
    return { to: 'discovery', group, version: '', depth: group ? 'group' : 'root' };
  }
  if (rest.length === 0) return { to: 'discovery', group, version, depth: 'version' };
  return inVersion({ group, version }, rest, registry);
}

function inVersion(
  at: { group: string; version: string },
  parts: readonly string[],
  registry: Registry,
): Route {
  const inNamespace =
    parts[0] === 'namespaces' && parts.length > 2 && !isNamespacePart(parts, at.group);
  const [plural = '', name = '', subresource = ''] = inNamespace ? parts.slice(2) : parts;
  const resource = registry.find(at.group, at.version, plural);
  if (!resource) return missing(at, registry);
  const namespace = inNamespace ? (parts[1] ?? '') : '';
  return { to: 'resource', target: { resource, namespace, name, subresource } };
}

/** `/api/v1/namespaces/shop/status` is a sub-resource, not a kind called `status`. */
const isNamespacePart = (parts: readonly string[], group: string) =>
  group === '' && parts.length === 3 && ['status', 'finalize'].includes(parts[2] ?? '');

/** A group that is not served at all gets the plain page that Go's router sends. */
function missing(at: { group: string; version: string }, registry: Registry): Route {
  const known = registry
    .resources()
    .some(({ group, version }) => group === at.group && version === at.version);
  return known ? { to: 'unknown-resource' } : { to: 'page', path: '' };
}
