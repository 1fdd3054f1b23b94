import { builtinResources } from './builtin.ts';
import type { Resource } from './resource.types.ts';

export type Registry = ReturnType<typeof createRegistry>;

export type Version = {
  version: string;
  resources: readonly Resource[];
  /** An aggregated API that does not answer: announced as stale, without resources. */
  stale: boolean;
};
export type Group = { name: string; versions: Version[] };

/** What the server serves now: its own kinds, those of CRDs, and aggregated APIs. */
export function createRegistry() {
  const builtin = builtinResources();
  const byDefinition = new Map<string, readonly Resource[]>();
  let all: Map<string, Resource> | undefined;

  const resources = () => [...builtin, ...[...byDefinition.values()].flat()];
  const index = () => (all ??= new Map(resources().map((one) => [keyOf(one), one])));

  return {
    find: (group: string, version: string, plural: string): Resource | undefined =>
      index().get(keyOf({ group, version, plural })),

    /** The resource in the version its objects are kept in. */
    byBucket: (bucket: string): Resource | undefined =>
      resources().find((one) => one.bucket === bucket && isStorage(one)),

    byKind: (apiVersion: string, kind: string): Resource | undefined => {
      const [version = '', group = ''] = apiVersion.split('/').toReversed();
      return resources().find(
        (one) => one.kind === kind && one.group === group && one.version === version,
      );
    },

    resources,

    /** `definition`: the name of the CRD or aggregated API. Replaces what it served before. */
    serve: (definition: string, served: readonly Resource[]): void => {
      byDefinition.set(definition, served);
      all = undefined;
    },

    withdraw: (definition: string): void => {
      byDefinition.delete(definition);
      all = undefined;
    },

    groups: (): Group[] => groupsOf(resources()),
  };
}

const isStorage = ({ group, version, storedAs }: Resource) =>
  storedAs === (group ? `${group}/${version}` : version);

const keyOf = ({ group, version, plural }: Pick<Resource, 'group' | 'version' | 'plural'>) =>
  `${group}/${version}/${plural}`;

function groupsOf(resources: readonly Resource[]): Group[] {
  const groups = new Map<string, Map<string, Resource[]>>();
  for (const resource of resources) {
    const versions = groups.get(resource.group) ?? new Map<string, Resource[]>();
    groups.set(resource.group, versions);
    const served = versions.get(resource.version) ?? [];
    versions.set(resource.version, served);
    served.push(resource);
  }
  return [...groups].map(([name, versions]) => ({
    name,
    versions: [...versions].map(([version, served]) => ({
      version,
      resources: served,
      stale: false,
    })),
  }));
}
