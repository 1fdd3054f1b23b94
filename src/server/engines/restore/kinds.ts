import type {
  ApiResource,
  Discovered,
  KubernetesClient,
  ResourceName,
} from '../../kubernetes/client.types.ts';
import { ApiError } from '../../kubernetes/api-error.ts';
import { resourceName } from '../paths.models.ts';
import { groupOf } from './owners.models.ts';

/** The kinds that a cluster serves. */
export type Kinds = {
  /** In its preferred version; undefined when the cluster does not serve it. */
  get: (resource: ResourceName) => ApiResource | undefined;
  byKind: (apiVersion: string, kind: string) => ApiResource | undefined;
  /** Why objects of this kind and version cannot be written; null when they can. */
  whyMissing: (resource: ResourceName, apiVersion: string) => Promise<string | null>;
};

/** Asks the API server once. Throws ApiError. */
export async function discoverKinds(
  client: Pick<KubernetesClient, 'discover' | 'raw'>,
  signal?: AbortSignal,
): Promise<Kinds> {
  const discovered = await client.discover(signal);
  const byName = new Map(discovered.resources.map((kind) => [resourceName(kind), kind]));
  const byKind = new Map(discovered.resources.map((kind) => [`${kind.group}/${kind.kind}`, kind]));
  const versions = new Map<string, Promise<boolean>>();
  const serves = (apiVersion: string) => {
    const known = versions.get(apiVersion) ?? servesVersion(client, apiVersion, signal);
    versions.set(apiVersion, known);
    return known;
  };
  return {
    get: (resource) => byName.get(resource),
    byKind: (apiVersion, kind) => byKind.get(`${groupOf(apiVersion)}/${kind}`),
    whyMissing: async (resource, apiVersion) => {
      const kind = byName.get(resource);
      if (!kind) return whyUnknown(discovered, groupOf(apiVersion));
      if (apiVersionOf(kind) === apiVersion || (await serves(apiVersion))) return null;
      return `The target serves this kind as ${apiVersionOf(kind)}, no longer as ${apiVersion}.`;
    },
  };
}

const apiVersionOf = ({ group, version }: Pick<ApiResource, 'group' | 'version'>): string =>
  group === '' ? version : `${group}/${version}`;

function whyUnknown({ broken }: Discovered, group: string): string {
  const trouble = broken.find((candidate) => candidate.group === group);
  return trouble
    ? `The target cannot describe the API group ${group} at present: ${trouble.reason}`
    : 'The target does not have this kind, and its definition is not in the backup.';
}

async function servesVersion(
  client: Pick<KubernetesClient, 'raw'>,
  apiVersion: string,
  signal?: AbortSignal,
): Promise<boolean> {
  try {
    await client.raw(
      apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`,
      signal,
    );
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return false;
    throw error;
  }
}

/** A kind as the object of a backup names it; `known`: what the target says about it. */
export function describeKind(
  given: { resource: ResourceName; kind: string; apiVersion: string; namespaced: boolean },
  known?: ApiResource,
): ApiResource {
  const dot = given.resource.indexOf('.');
  return {
    group: groupOf(given.apiVersion),
    version: given.apiVersion.slice(given.apiVersion.indexOf('/') + 1),
    plural: dot === -1 ? given.resource : given.resource.slice(0, dot),
    kind: given.kind,
    namespaced: given.namespaced,
    verbs: known?.verbs ?? [],
    subresources: known?.subresources ?? [],
  };
}

/** Without a status subresource the status is data like any other. */
export const hasStatusSubresource = (kind: ApiResource | undefined): boolean =>
  kind?.subresources.includes('status') ?? false;
