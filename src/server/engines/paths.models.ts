import type { ApiResource, ResourceName } from '../kubernetes/client.types.ts';

/** Where an object stands in a backup: the layout inside Velero's tarball. */
export type ObjectPath = {
  resource: ResourceName;
  /** Null: cluster-scoped. */
  namespace: string | null;
  name: string;
};

const root = 'resources/';
const ending = '.json';

/** `deployments.apps`; the core group has no suffix: `pods`. */
export const resourceName = ({
  plural,
  group,
}: Pick<ApiResource, 'plural' | 'group'>): ResourceName =>
  group === '' ? plural : `${plural}.${group}`;

/** `resources/pods/namespaces/shop/web.json`, `resources/namespaces/cluster/shop.json`. */
export function formatPath({ resource, namespace, name }: ObjectPath): string {
  const place = namespace === null ? 'cluster' : `namespaces/${namespace}`;
  return `${root}${resource}/${place}/${name}${ending}`;
}

/** Null when the path is not that of an object. Names may hold any character but `/` and NUL. */
export function parsePath(path: string): ObjectPath | null {
  if (!path.startsWith(root) || !path.endsWith(ending)) return null;
  const [resource, place, ...rest] = path.slice(root.length, -ending.length).split('/');
  if (!resource) return null;
  if (place === 'cluster' && rest.length === 1 && rest[0])
    return { resource, namespace: null, name: rest[0] };
  if (place !== 'namespaces' || rest.length !== 2 || !rest[0] || !rest[1]) return null;
  return { resource, namespace: rest[0], name: rest[1] };
}
