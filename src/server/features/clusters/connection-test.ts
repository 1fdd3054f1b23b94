import type * as z from 'zod/mini';
import type { clusterToAdd, ConnectionTest, Right } from '#shared/clusters/clusters.contract.ts';
import { ApiError } from '../../kubernetes/api-error.ts';
import type { KubernetesClient } from '../../kubernetes/client.types.ts';
import { parseInlineKubeconfig } from '../../kubernetes/inline-kubeconfig.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Health } from './health.models.ts';
import { probe } from './probe.ts';
import type { Reached, Registry } from './registry.ts';
import { rightsNeeded, rightsSentence } from './rights.models.ts';

export type ConnectionNeeds = {
  registry: Pick<Registry, 'all' | 'clientOf'>;
  connect: (reached: Reached) => KubernetesClient;
};
type Tried = { server: string | null; client: KubernetesClient };

/** Asks the cluster of a kubeconfig, and forgets it again. Throws for a kubeconfig that cannot be used. */
export async function testKubeconfig(
  { kubeconfig, context }: z.output<typeof clusterToAdd>,
  actor: Actor,
  needs: ConnectionNeeds,
): Promise<ConnectionTest> {
  const parsed = parseInlineKubeconfig(kubeconfig, context);
  const client = needs.connect(parsed);
  try {
    return await tryOut({ server: parsed.server, client }, actor, needs);
  } finally {
    await client.close();
  }
}

export const testCluster = (
  id: string,
  actor: Actor,
  needs: ConnectionNeeds,
): Promise<ConnectionTest> => tryOut(needs.registry.clientOf(id), actor, needs);

async function tryOut(
  { server, client }: Tried,
  actor: Actor,
  { registry }: ConnectionNeeds,
): Promise<ConnectionTest> {
  const began = performance.now();
  const health = await probe(client);
  const reachable = health.uid !== null;
  const rights = reachable ? await reviewAll(client) : [];
  const known = registry.all().find(({ row }) => row.uid === health.uid && maySee(actor, row.id));
  return {
    server,
    reachable,
    version: health.version,
    uid: health.uid,
    milliseconds: Math.round(performance.now() - began),
    sentence: sentenceFor(health, rights),
    rights,
    knownAs: reachable ? (known?.row.id ?? null) : null,
  };
}

const maySee = (actor: Actor, cluster: string) =>
  actor.may('clusters:read', { cluster, namespaces: 'some' });

const sentenceFor = ({ uid, problem }: Health, rights: readonly Right[]): string =>
  uid === null ? (problem ?? 'It did not answer.') : rightsSentence(rights);

/** A review that cannot be had counts as a right that is missing. */
const reviewAll = (client: KubernetesClient): Promise<Right[]> =>
  Promise.all(
    rightsNeeded.map(async ({ neededFor, verb, resource, group, plural }) => {
      const asked = client.mayI({ verb, group, resource: plural });
      const { allowed } = await asked.catch((error: unknown) => {
        if (error instanceof ApiError) return { allowed: false };
        throw error;
      });
      return { neededFor, verb, resource, allowed };
    }),
  );
