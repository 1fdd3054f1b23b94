import * as z from 'zod/mini';
import type { Engine } from '../engines/engine.ts';
import { openTarget } from '../features/backups/export-target.ts';
import type { createBackupListRepository } from '../features/backups/backups.list.repository.ts';
import { showCluster, toCluster } from '../features/clusters/clusters.usecases.ts';
import type { Registry } from '../features/clusters/registry.ts';
import { createCoverage } from '../features/coverage/coverage.usecases.ts';
import { createCoverageRepository } from '../features/coverage/coverage.repository.ts';
import { createFindings } from '../features/coverage/findings.ts';
import { createPictures } from '../features/coverage/pictures.ts';
import { createChanges } from '../features/overview/changes.ts';
import { createOverviewRepository } from '../features/overview/overview.repository.ts';
import { asSeen, isVisible } from '../features/runs/runs.models.ts';
import type { RunsRepository } from '../features/runs/runs.repository.ts';
import type { SchedulesRepository } from '../features/schedules/schedules.repository.ts';
import { isPaused } from '../features/schedules/view.models.ts';
import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import type { Db } from '../platform/database/database.ts';
import { databaseVersion } from '../platform/database/database-version.ts';
import { diskOf } from '../platform/disk.ts';
import type { Keyring } from '../platform/keyring.types.ts';
import { ProblemError } from '../platform/problems.ts';
import type { Reach } from '../platform/runs.types.ts';
import type { createNews } from './news.ts';

type Needs = {
  db: Db;
  clock: Clock;
  keyring: Keyring;
  engine: Engine;
  /** The data folder. */
  data: string;
  registry: Registry;
  runs: RunsRepository;
  schedules: SchedulesRepository;
  list: ReturnType<typeof createBackupListRepository>;
  manifestOf: Parameters<typeof createFindings>[0]['manifestOf'];
  news: Pick<ReturnType<typeof createNews>, 'onChange'>;
};

/** Now, coverage and health: what reads the facts of all the others. */
export function composeOverview(needs: Needs) {
  const { db, clock, engine, registry, runs, list, news } = needs;
  const store = createCoverageRepository(db);
  const pictures = createPictures({ clusterOf: registry.use, clock });
  const coverage = createCoverage({
    store,
    pictures,
    findings: createFindings(needs),
    schedulesIn: (cluster) => schedulesIn(cluster, needs),
    clock,
  });
  news.onChange(coverage.forget);
  const coverageOf = coverage.of;
  return {
    coverage,
    overview: {
      store: createOverviewRepository(db),
      clock,
      coverageOf,
      clusterSeen: (id: string, actor: Actor) => clusterSeen(id, actor, needs),
      condition: store.condition,
      backupsSeen: (cluster: string, reach: Reach) => list.total({ cluster }, reach),
      unfinished: () => runs.unfinished(),
      isVisible,
      asSeen,
      exportedTo: (cluster: string, run: string) => exportedTo({ cluster, run }, needs),
      diskOf: () => diskOf(needs.data),
      changesOf: createChanges({ engine, clusterOf: registry.use, coverageOf, clock }),
    },
    namespacesOf: async (cluster: string, reach: Reach) => {
      const { items, seen } = await coverage.of(cluster, reach);
      const named = items.filter(({ subject }) => subject === 'namespace');
      return { seen, items: named.map(({ namespace: name, createdAt }) => ({ name, createdAt })) };
    },
    describeEngine: () => engine.describe(),
    databaseVersion: () => databaseVersion(db),
    diskOf: () => diskOf(needs.data),
    membersFor: async (actor: Actor) =>
      registry
        .all()
        .filter(({ row }) => actor.may('clusters:read', { cluster: row.id, namespaces: 'some' }))
        .map((member) => ({ cluster: toCluster(member), answeredAt: member.answeredAt })),
  };
}

/** Those that rest cover nothing. */
async function schedulesIn(cluster: string, { schedules, clock }: Needs) {
  const now = clock().epochMilliseconds;
  return (await schedules.ofCluster(cluster))
    .filter((one) => !isPaused(one, now))
    .map(({ name, spec }) => ({
      name,
      chosen: spec.namespaces ?? null,
      excluded: spec.excludedNamespaces ?? [],
    }));
}

async function clusterSeen(id: string, actor: Actor, { registry }: Needs) {
  const cluster = await showCluster(id, actor, { registry });
  const answeredAt = registry.all().find(({ row }) => row.id === id)?.answeredAt ?? null;
  return { cluster, answeredAt };
}

const target = z.object({ target: z.string() });

/** Where an export went; it lies sealed, and a key that is gone only means that nobody knows. */
async function exportedTo(
  { cluster, run }: { cluster: string; run: string },
  { runs, keyring }: Needs,
): Promise<'folder' | 's3' | 'unknown'> {
  const stored = await runs.find(run);
  const sealed = target.safeParse(stored?.spec);
  if (!stored?.run.backup || !sealed.success) return 'unknown';
  try {
    const at = { cluster, backup: stored.run.backup };
    return openTarget(keyring, at, sealed.data.target).s3 === undefined ? 'folder' : 's3';
  } catch (error) {
    if (error instanceof ProblemError) return 'unknown';
    throw error;
  }
}
