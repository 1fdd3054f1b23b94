import * as z from 'zod/mini';
import type { ApiResource, Discovered } from './client.types.ts';

/** One version of a group as announced; `resources` null: announced, but not to be had. */
export type ServedVersion = {
  group: string;
  version: string;
  resources: readonly ApiResource[] | null;
  reason: string;
};

const list = <T extends z.ZodMiniType>(item: T) =>
  z.pipe(
    z.nullish(z.array(item)),
    z.transform((items) => items ?? []),
  );

const aggregated = z.object({
  kind: z.literal('APIGroupDiscoveryList'),
  items: list(
    z.object({
      metadata: z.optional(z.object({ name: z.optional(z.string()) })),
      versions: list(
        z.object({
          version: z.string(),
          freshness: z.optional(z.string()),
          resources: list(
            z.object({
              resource: z.string(),
              responseKind: z.nullish(z.object({ kind: z.optional(z.string()) })),
              scope: z.optional(z.string()),
              verbs: list(z.string()),
              subresources: list(z.object({ subresource: z.string() })),
            }),
          ),
        }),
      ),
    }),
  ),
});

/**
 * Aggregated discovery (v2 and v2beta1 agree in what is read here), most preferred version first in
 * each group. Null when the server answered in the older form instead.
 * https://kubernetes.io/docs/concepts/overview/kubernetes-api/#aggregated-discovery
 */
export function servedFromAggregated(document: unknown): ServedVersion[] | null {
  const parsed = aggregated.safeParse(document);
  if (!parsed.success) return null;
  return parsed.data.items.flatMap(({ metadata, versions }) =>
    versions.map(({ version, freshness, resources }) => {
      const group = metadata?.name ?? '';
      const stale = freshness === 'Stale';
      return {
        group,
        version,
        reason: stale ? 'The API server behind this group does not answer.' : '',
        resources: stale
          ? null
          : resources.map((resource) => ({
              group,
              version,
              plural: resource.resource,
              kind: resource.responseKind?.kind ?? '',
              namespaced: resource.scope === 'Namespaced',
              verbs: resource.verbs,
              subresources: resource.subresources.map(({ subresource }) => subresource),
            })),
      };
    }),
  );
}

const groups = z.object({
  groups: list(
    z.object({
      name: z.string(),
      versions: list(z.object({ version: z.string() })),
      preferredVersion: z.optional(z.object({ version: z.string() })),
    }),
  ),
});

/** `/apis` in the older form: every group's versions, the preferred one first. */
export function announcedVersions(document: unknown): { group: string; version: string }[] {
  return groups.parse(document).groups.flatMap(({ name, versions, preferredVersion }) => {
    const first = preferredVersion?.version;
    const rest = versions.map(({ version }) => version).filter((version) => version !== first);
    return [...(first === undefined ? [] : [first]), ...rest].map((version) => ({
      group: name,
      version,
    }));
  });
}

const resourceList = z.object({
  resources: list(
    z.object({
      name: z.string(),
      kind: z.optional(z.string()),
      namespaced: z.optional(z.boolean()),
      verbs: list(z.string()),
    }),
  ),
});

/** `/apis/<group>/<version>` in the older form: `pods/log` there is a sub-resource of `pods`. */
export function servedFromList(
  { group, version }: { group: string; version: string },
  document: unknown,
): ApiResource[] {
  const { resources } = resourceList.parse(document);
  const below = Map.groupBy(
    resources.filter(({ name }) => name.includes('/')),
    ({ name }) => name.slice(0, name.indexOf('/')),
  );
  return resources
    .filter(({ name }) => !name.includes('/'))
    .map(({ name, kind, namespaced, verbs }) => ({
      group,
      version,
      plural: name,
      kind: kind ?? '',
      namespaced: namespaced ?? false,
      verbs,
      subresources: (below.get(name) ?? []).map((entry) => entry.name.slice(name.length + 1)),
    }));
}

/**
 * Every kind once, in the most preferred version that serves it. A version that could not be described
 * is `broken`: what it alone serves is not known.
 */
export function preferred(versions: readonly ServedVersion[]): Discovered {
  const found = new Map<string, ApiResource>();
  for (const resource of versions.flatMap(({ resources }) => resources ?? [])) {
    const name = `${resource.group}/${resource.plural}`;
    if (isKind(resource) && !found.has(name)) found.set(name, resource);
  }
  return {
    resources: [...found.values()],
    broken: versions
      .filter(({ resources }) => resources === null)
      .map(({ group, version, reason }) => ({ group, version, reason })),
  };
}

/** Entries that only carry sub-resources have no kind or no verbs. */
const isKind = ({ kind, verbs }: ApiResource) => kind !== '' && verbs.length > 0;
