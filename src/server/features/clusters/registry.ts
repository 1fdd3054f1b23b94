import type { EngineCluster } from '../../engines/engine.ts';
import type { KubernetesClient } from '../../kubernetes/client.types.ts';
import type { ConnectionSource } from '../../kubernetes/connection.types.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Publish } from '../../platform/live.ts';
import { clusterUnavailable, clusterUnknown, identityChanged } from './clusters.errors.ts';
import type { ClusterRow, ClustersRepository } from './clusters.repository.ts';
import { type Health, notLookedAt } from './health.models.ts';
import { probe } from './probe.ts';

/** How a cluster is reached. `server`: its address for people; null when it could not be read. */
export type Reached = { server: string | null; source: ConnectionSource };

export type Member = {
  row: ClusterRow;
  server: string | null;
  isDefault: boolean;
  health: Health;
  /** When it said last who it is, milliseconds since 1970; null: not since the start. */
  answeredAt: number | null;
};

type Entry = Member & {
  client: KubernetesClient;
  connect: ConnectionSource;
  checkedAt: number;
  checking: Promise<void> | null;
};

type Needs = {
  clusters: Pick<ClustersRepository, 'setUid'>;
  connect: (reached: Reached) => KubernetesClient;
  publish: Publish;
  clock: Clock;
};

export type Registry = ReturnType<typeof createRegistry>;

/** How long a page waits for news of a cluster, milliseconds. */
const glanceFor = 1500;
/** How old an answer of a cluster may be before it is asked again, milliseconds. */
const freshFor = 15_000;

/** The clusters that can be reached now, by id. Removed ones are not in it. */
export function createRegistry(needs: Needs) {
  const entries = new Map<string, Entry>();
  const known = (id: string): Entry => {
    const entry = entries.get(id);
    if (!entry) throw clusterUnknown(id);
    return entry;
  };
  return {
    ...looking(known, needs),
    has: (id: string): boolean => entries.has(id),
    all: (): Member[] => [...entries.values()],
    clientOf: (id: string): Pick<Entry, 'server' | 'client'> => known(id),

    join: (row: ClusterRow, reached: Reached, { isDefault }: { isDefault: boolean }): void => {
      entries.set(row.id, {
        row,
        isDefault,
        server: reached.server,
        health: notLookedAt,
        answeredAt: null,
        client: needs.connect(reached),
        connect: reached.source,
        checkedAt: 0,
        checking: null,
      });
    },

    leave: async (id: string): Promise<void> => {
      const entry = entries.get(id);
      entries.delete(id);
      await entry?.client.close();
    },

    close: async (): Promise<void> => {
      for (const { client } of entries.values()) await client.close();
      entries.clear();
    },
  };
}

function looking(known: (id: string) => Entry, needs: Needs) {
  /** Asks the cluster unless it was asked lately; several callers share one question. */
  const check = async (id: string, maxAge = freshFor): Promise<Member> => {
    const entry = known(id);
    const age = needs.clock().epochMilliseconds - entry.checkedAt;
    if (!entry.checking && age < maxAge) return entry;
    entry.checking ??= ask(entry, needs).finally(() => (entry.checking = null));
    await entry.checking;
    return entry;
  };
  return {
    check,

    /** What is known of it, renewed if that is quick: a page does not wait for a cluster that is away. */
    glance: async (id: string): Promise<Member> => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, glanceFor);
      await Promise.race([check(id), promise]).finally(() => clearTimeout(timer));
      return known(id);
    },

    /** For an engine, asked just now. Throws when it cannot be reached or is not the one it was. */
    use: async (id: string): Promise<EngineCluster> => {
      await check(id, 0);
      const { row, health, client, connect } = known(id);
      if (health.uid === null) throw clusterUnavailable(id, health.problem ?? '');
      if (row.uid !== health.uid) throw identityChanged(id);
      return { id, uid: health.uid, client, connect };
    },
  };
}

/** The first uid that a cluster shows is pinned; a later one never is without being confirmed. */
async function ask(entry: Entry, { clusters, publish, clock }: Needs): Promise<void> {
  const before = entry.health;
  const health = await probe(entry.client);
  if (entry.row.uid === null && health.uid !== null) {
    await clusters.setUid(entry.row.id, health.uid);
    entry.row.uid = health.uid;
  }
  entry.health = health;
  entry.checkedAt = clock().epochMilliseconds;
  if (health.uid !== null) entry.answeredAt = entry.checkedAt;
  const { id } = entry.row;
  if (before.state !== health.state || before.problem !== health.problem)
    publish({ type: 'changed', cluster: id, what: 'clusters', id }, 'all');
}
