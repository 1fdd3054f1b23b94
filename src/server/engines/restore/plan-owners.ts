import type { JsonObject } from '#shared/json/lossless.ts';
import type { KubernetesClient } from '../../kubernetes/client.types.ts';
import { nameOf, type OwnerRef } from './body.models.ts';
import type { Kinds } from './kinds.ts';
import { liveObjects } from './live-objects.ts';
import { isMadeAgain, readOwner } from './owners.models.ts';
import type { Candidate } from './plan-scan.ts';

export type Owners = {
  /** Why the object is left to its controller; null when it is not. */
  whyLeft: (candidate: Candidate) => Promise<string | null>;
  /** Without the references whose owner is neither in the plan nor live. */
  resolvable: (owners: readonly JsonObject[], namespace: string | null) => Promise<JsonObject[]>;
};

/** Live owners are looked up in one list per kind, made when first needed. */
export function createOwners(given: {
  found: ReadonlyMap<string, Candidate>;
  client: Pick<KubernetesClient, 'list'>;
  kinds: Kinds;
  signal?: AbortSignal | undefined;
}): Owners {
  const planned = new Set(
    [...given.found.values()].map(({ uid }) => uid).filter((uid) => uid !== ''),
  );
  const lists = new Map<string, Promise<ReadonlySet<string>>>();
  const isLive = async (owner: OwnerRef, namespace: string | null) => {
    const key = `${namespace ?? ''}/${owner.apiVersion}/${owner.kind}`;
    const names = lists.get(key) ?? liveNames(given, owner, namespace);
    lists.set(key, names);
    return (await names).has(owner.name);
  };
  const isThere = async (owner: OwnerRef, namespace: string | null) =>
    planned.has(owner.uid) || (await isLive(owner, namespace));
  return {
    whyLeft: async ({ at, place, controller }) => {
      if (!controller || !isMadeAgain(at.resource, controller)) return null;
      return (await isThere(controller, place.namespace))
        ? `It is made again by ${controller.kind} ${controller.name}.`
        : null;
    },
    resolvable: async (owners, namespace) => {
      const kept: JsonObject[] = [];
      for (const owner of owners) if (await isThere(readOwner(owner), namespace)) kept.push(owner);
      return kept;
    },
  };
}

async function liveNames(
  { client, kinds, signal }: Parameters<typeof createOwners>[0],
  owner: OwnerRef,
  namespace: string | null,
): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  const resource = kinds.byKind(owner.apiVersion, owner.kind);
  if (!resource) return names;
  const inside = resource.namespaced && namespace !== null ? namespace : undefined;
  for await (const body of liveObjects({ client, resource, namespace: inside, signal }))
    names.add(nameOf(body));
  return names;
}
