import type { Json, JsonObject } from '../json.models.ts';
import type { Group, Version } from './registry.ts';
import { type Resource, type Subresource, apiVersionOf } from './resource.types.ts';

const addresses = [{ clientCIDR: '0.0.0.0/0', serverAddress: '127.0.0.1' }];

/** `/api`. */
export const apiVersions = (): JsonObject => ({
  kind: 'APIVersions',
  versions: ['v1'],
  serverAddressByClientCIDRs: addresses,
});

/** `/apis`, older form: names and versions only. */
export const groupList = (groups: readonly Group[]): JsonObject => ({
  kind: 'APIGroupList',
  apiVersion: 'v1',
  groups: groups.filter(({ name }) => name).map(groupFields),
});

/** `/apis/<group>`. */
export const groupDocument = (group: Group): JsonObject => ({
  kind: 'APIGroup',
  apiVersion: 'v1',
  ...groupFields(group),
});

function groupFields({ name, versions }: Group): JsonObject {
  const [preferred] = versions;
  return {
    name,
    versions: versions.map(({ version }) => groupVersion(name, version)),
    ...(preferred && { preferredVersion: groupVersion(name, preferred.version) }),
  };
}

const groupVersion = (group: string, version: string): JsonObject => ({
  groupVersion: apiVersionOf({ group, version }),
  version,
});

/** `/api/v1`, `/apis/<group>/<version>`. */
export const resourceList = (group: string, { version, resources }: Version): JsonObject => ({
  kind: 'APIResourceList',
  ...(group && { apiVersion: 'v1' }),
  groupVersion: apiVersionOf({ group, version }),
  resources: resources.flatMap(legacyEntries),
});

function legacyEntries(resource: Resource): JsonObject[] {
  const { namespaced, shortNames, categories, storageVersionHash } = resource;
  const own: JsonObject = {
    name: resource.plural,
    singularName: resource.singular,
    namespaced,
    kind: resource.kind,
    verbs: [...resource.verbs],
    ...(shortNames.length > 0 && { shortNames: [...shortNames] }),
    ...(categories.length > 0 && { categories: [...categories] }),
    ...(storageVersionHash && { storageVersionHash }),
  };
  const below = resource.subresources.map(({ name, kind, groupVersion: other, verbs }) => ({
    name: `${resource.plural}/${name}`,
    singularName: '',
    namespaced,
    ...split(other),
    kind,
    verbs: [...verbs],
  }));
  return [own, ...below];
}

function split(groupAndVersion: string): JsonObject {
  const [group, version] = groupAndVersion.split('/');
  return group && version ? { group, version } : {};
}

/** `/api` and `/apis` as aggregated discovery; `version`: `v2` or `v2beta1`. */
export const aggregated = (groups: readonly Group[], version: string): JsonObject => ({
  kind: 'APIGroupDiscoveryList',
  apiVersion: `apidiscovery.k8s.io/${version}`,
  metadata: {},
  items: groups.map(({ name, versions }) => ({
    metadata: name ? { name } : {},
    versions: versions.map((one) => aggregatedVersion(one)),
  })),
});

function aggregatedVersion({ version, resources, stale }: Version): Json {
  const listed = resources.map(aggregatedResource);
  return {
    version,
    ...(listed.length > 0 && { resources: listed }),
    freshness: stale ? 'Stale' : 'Current',
  };
}

/** The real server leaves group and version of built-in kinds empty here; CRDs name theirs. */
function aggregatedResource(resource: Resource): JsonObject {
  const { shortNames, categories, subresources } = resource;
  return {
    resource: resource.plural,
    responseKind: responseKind(resource, resource.kind),
    scope: resource.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: resource.singular,
    verbs: [...resource.verbs],
    ...(shortNames.length > 0 && { shortNames: [...shortNames] }),
    ...(categories.length > 0 && { categories: [...categories] }),
    ...(subresources.length > 0 && {
      subresources: subresources.map((one) => aggregatedSubresource(resource, one)),
    }),
  };
}

const aggregatedSubresource = (resource: Resource, one: Subresource): JsonObject => ({
  subresource: one.name,
  responseKind: one.groupVersion
    ? { group: '', version: '', ...split(one.groupVersion), kind: one.kind }
    : responseKind(resource, one.kind),
  verbs: [...one.verbs],
});

const responseKind = ({ custom, group, version }: Resource, kind: string): JsonObject =>
  custom ? { group, version, kind } : { group: '', version: '', kind };
