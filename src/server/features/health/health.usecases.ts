import process from 'node:process';
import type { Cluster } from '#shared/clusters/clusters.contract.ts';
import type { Health } from '#shared/health/health.contract.ts';
import { isNearlyFull } from '#shared/overview/needs.models.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Log } from '../../platform/log.ts';

type Member = { cluster: Cluster; answeredAt: number | null };

export type HealthNeeds = {
  version: string;
  log: Log;
  /** The engine's own word on what it stands on. */
  describeEngine: () => Promise<{ version: string; problem: string | null }>;
  databaseVersion: () => Promise<string>;
  /** Why the time cannot be trusted; null: it can. */
  clockDoubt: () => string | null;
  diskOf: () => Promise<{ free: number; total: number } | null>;
  /** The clusters that this person may see. */
  membersFor: (actor: Actor) => Promise<Member[]>;
};

/** What Lifeboat stands on, and what of it is broken; for who looks after all of it, the disk too. */
export async function showHealth(actor: Actor, needs: HealthNeeds): Promise<Health> {
  const seesAll = actor.may('health:read', { cluster: '*', namespaces: 'all' });
  const [engine, members, disk] = await Promise.all([
    needs.describeEngine(),
    needs.membersFor(actor),
    seesAll ? needs.diskOf() : null,
  ]);
  return {
    version: needs.version,
    parts: [
      { name: 'Node', version: process.version, problem: null },
      {
        name: 'Embedded engine',
        version: engine.version,
        problem: seesAll ? engine.problem : null,
      },
      await databasePart(needs),
      { name: 'Clock', version: null, problem: seesAll ? needs.clockDoubt() : null },
    ],
    disk: disk && { ...disk, nearlyFull: isNearlyFull(disk) },
    clusters: members.map(({ cluster, answeredAt }) => ({
      id: cluster.id,
      state: cluster.state,
      version: cluster.version,
      problem: cluster.problem,
      answeredAt: answeredAt === null ? null : new Date(answeredAt).toISOString(),
    })),
  };
}

async function databasePart({
  databaseVersion,
  log,
}: HealthNeeds): Promise<Health['parts'][number]> {
  try {
    return { name: 'Database', version: await databaseVersion(), problem: null };
  } catch (error) {
    log.error({ err: error }, 'the database could not be asked');
    const problem = 'It does not answer. Look whether it runs, and at the log of Lifeboat.';
    return { name: 'Database', version: null, problem };
  }
}
