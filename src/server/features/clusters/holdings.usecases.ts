import type { Seen } from '#shared/coverage/coverage.contract.ts';
import { resourceName } from '../../engines/paths.models.ts';
import type { EngineCluster } from '../../engines/engine.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Reach } from '../../platform/runs.types.ts';

export type HoldingNeeds = {
  clusterOf: (cluster: string) => Promise<EngineCluster>;
  namespacesOf: (cluster: string, reach: Reach) => Promise<{ items: Named[]; seen: Seen }>;
  /** Throws when there is no such cluster, nor was one. */
  assertKnown: (cluster: string) => Promise<void>;
};
type Named = { name: string; createdAt: string | null };

/** In the order of their names. */
export async function listNamespaces(
  cluster: string,
  actor: Actor,
  { namespacesOf, assertKnown }: HoldingNeeds,
) {
  await assertKnown(cluster);
  const { items, seen } = await namespacesOf(
    cluster,
    actor.namespacesWith('clusters:read', cluster),
  );
  return { items: items.toSorted((a, b) => (a.name < b.name ? -1 : 1)), seen };
}

/** What can be listed, read and made again; for who sees some namespaces, what namespaces hold. */
export async function listKinds(cluster: string, actor: Actor, { clusterOf }: HoldingNeeds) {
  const { client } = await clusterOf(cluster);
  const { resources } = await client.discover();
  const seesAll = actor.namespacesWith('clusters:read', cluster) === 'all';
  const items = resources
    .filter(({ verbs }) => ['list', 'get', 'create'].every((verb) => verbs.includes(verb)))
    .filter(({ namespaced }) => seesAll || namespaced)
    .map((resource) => ({
      resource: resourceName(resource),
      kind: resource.kind,
      version: resource.version,
      namespaced: resource.namespaced,
    }));
  return { items: items.toSorted((a, b) => (a.resource < b.resource ? -1 : 1)) };
}
