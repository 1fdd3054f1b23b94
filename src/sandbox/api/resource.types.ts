import type { JsonObject } from '../json.models.ts';

/** `create`, `get`, `list`…: the verbs of RBAC and discovery. */
export type Subresource = {
  name: string;
  kind: string;
  /** `autoscaling/v1`; '' when it is that of the resource. */
  groupVersion: string;
  verbs: readonly string[];
};

/** One kind in one served version. */
export type Resource = {
  /** '' for the core group. */
  group: string;
  version: string;
  plural: string;
  singular: string;
  kind: string;
  listKind: string;
  namespaced: boolean;
  verbs: readonly string[];
  shortNames: readonly string[];
  categories: readonly string[];
  subresources: readonly Subresource[];
  storageVersionHash: string;
  /** Where its objects live; shared by all versions, and by a kind served under two groups. */
  bucket: string;
  /** Custom resources: fields in bytewise order, list items that name their kind. */
  custom: boolean;
  /** `group/version` in which objects are kept. */
  storedAs: string;
  /** Schemas of a custom resource to prune by: of the served and of the stored version. */
  schemas: readonly JsonObject[];
};

/** `v1` or `apps/v1`. */
export const apiVersionOf = ({ group, version }: Pick<Resource, 'group' | 'version'>) =>
  group ? `${group}/${version}` : version;

export function hasSubresource(resource: Resource, name: string): boolean {
  return resource.subresources.some((one) => one.name === name);
}
