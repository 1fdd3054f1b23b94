import type { Cluster, clusterToAdd } from '#shared/clusters/clusters.contract.ts';
import type * as z from 'zod/mini';
import { clusterId } from '../../kubernetes/cluster-id.models.ts';
import { parseInlineKubeconfig } from '../../kubernetes/inline-kubeconfig.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Keyring } from '../../platform/keyring.types.ts';
import { clusterBusy, clusterUnknown, givenAtStart, uidNotCurrent } from './clusters.errors.ts';
import type { ClusterRow, ClustersRepository } from './clusters.repository.ts';
import { sealed } from './credentials.ts';
import type { Member, Registry } from './registry.ts';

export type ClusterNeeds = {
  clusters: ClustersRepository;
  registry: Registry;
  keyring: Keyring;
  clock: Clock;
};

export function toCluster({ row, server, isDefault, health }: Member): Cluster {
  return {
    id: row.id,
    name: row.name,
    source: row.source as Cluster['source'],
    server,
    ...health,
    identityChanged: row.uid !== null && health.uid !== null && row.uid !== health.uid,
    isDefault,
    addedAt: new Date(row.added_at).toISOString(),
  };
}

const sees = (actor: Actor, id: string) =>
  actor.may('clusters:read', { cluster: id, namespaces: 'some' });

/** Those the person may see, with what is known of them; stale knowledge is renewed meanwhile. */
export async function listClusters(actor: Actor, { registry }: ClusterNeeds): Promise<Cluster[]> {
  const mine = registry.all().filter(({ row }) => sees(actor, row.id));
  const checked = await Promise.all(mine.map(({ row }) => registry.glance(row.id)));
  return checked.map(toCluster);
}

export async function showCluster(
  id: string,
  actor: Actor,
  { registry }: Pick<ClusterNeeds, 'registry'>,
): Promise<Cluster> {
  if (!sees(actor, id)) throw clusterUnknown(id);
  return toCluster(await registry.glance(id));
}

/** Inline credentials only, kept sealed. A cluster that was removed comes back under its old id. */
export async function addCluster(
  { name, kubeconfig, context }: z.output<typeof clusterToAdd>,
  { clusters, registry, keyring, clock }: ClusterNeeds,
): Promise<Cluster> {
  const parsed = parseInlineKubeconfig(kubeconfig, context);
  const wanted = name ?? parsed.name;
  const rows = await clusters.all();
  const back = rows.find((row) => row.name === wanted && row.removed_at !== null);
  const id = back?.id ?? clusterId(wanted, new Set(rows.map((row) => row.id)));
  const row: ClusterRow = {
    id,
    name: wanted,
    source: 'api',
    credentials: sealed(keyring, { id, kubeconfig, context: parsed.name }),
    uid: back?.uid ?? null,
    added_at: clock().epochMilliseconds,
    removed_at: null,
  };
  await clusters.put(row);
  registry.join(row, parsed, { isDefault: registry.all().length === 0 });
  return toCluster(await registry.check(id, 0));
}

/** Forgets how to reach it; its repository and the list of its backups stay. */
export async function removeCluster(
  id: string,
  { clusters, registry, clock }: ClusterNeeds,
): Promise<void> {
  const member = registry.all().find(({ row }) => row.id === id);
  if (!member) throw clusterUnknown(id);
  if (member.row.source !== 'api') throw givenAtStart(id);
  if (await clusters.busy(id)) throw clusterBusy(id);
  await clusters.remove(id, clock().epochMilliseconds);
  await registry.leave(id);
}

/** An administrator says that a cluster with another uid is the same one, rebuilt. */
export async function confirmIdentity(
  { id, uid }: { id: string; uid: string },
  { clusters, registry }: ClusterNeeds,
): Promise<Cluster> {
  const member = await registry.check(id, 0);
  if (member.health.uid !== uid) throw uidNotCurrent(id);
  await clusters.setUid(id, uid);
  member.row.uid = uid;
  return toCluster(member);
}
