import type { Run } from '#shared/runs/runs.contract.ts';
import type { Engine } from '../engines/engine.ts';
import { createBackupListRepository } from '../features/backups/backups.list.repository.ts';
import { createBackupsRepository } from '../features/backups/backups.repository.ts';
import { seeBackup } from '../features/backups/read.usecases.ts';
import { backupWorks } from '../features/backups/works.ts';
import { clusterUnknown } from '../features/clusters/clusters.errors.ts';
import { createClustersRepository } from '../features/clusters/clusters.repository.ts';
import { createRegistry, type Reached } from '../features/clusters/registry.ts';
import { maintenanceWork } from '../features/maintenance/maintenance.work.ts';
import { createJournalRepository } from '../features/restores/journal.repository.ts';
import { createPlansRepository } from '../features/restores/plans.repository.ts';
import { restoreWork } from '../features/restores/restores.work.ts';
import { createRestoresThinRepository } from '../features/restores/thin.repository.ts';
import { createRunner } from '../features/runs/runner.ts';
import type { Works } from '../features/runs/runner.types.ts';
import { createClaimsRepository } from '../features/runs/runs.claims.repository.ts';
import { createRunsRepository } from '../features/runs/runs.repository.ts';
import { createResources } from '../features/schedules/resources.ts';
import { createGate } from '../features/schedules/gate.ts';
import { createLearning } from '../features/schedules/learn.ts';
import { createSchedulesRepository } from '../features/schedules/schedules.repository.ts';
import { createSlotsRepository } from '../features/schedules/slots.repository.ts';
import { showRun } from '../features/runs/runs.usecases.ts';
import { createRunsThinRepository } from '../features/runs/thin.repository.ts';
import { createKubernetesClient } from '../kubernetes/client.ts';
import type { Actor } from '../platform/actor.ts';
import { diskOf } from '../platform/disk.ts';
import { createTurns } from '../platform/in-turn.ts';
import type { Metrics } from '../platform/metrics.ts';
import { ProblemError } from '../platform/problems.ts';
import type { Foundation } from './foundation.types.ts';
import { createNews } from './news.ts';
import { composeOverview } from './overview.ts';
import { readLive } from './read-live.ts';
import { composeSchedules } from './schedules.ts';

export type Features = ReturnType<typeof composeFeatures>;

/** Every feature with what it needs of the others. */
export function composeFeatures(given: Foundation) {
  const news = createNews(given.publish);
  const base = { ...given, publish: news.publish };
  const stores = composeStores(base);
  const { runs, registry, clusters, backups, list } = stores;
  const { runner, works } = composeRuns(base, stores);
  const manifestOf = (at: At) => readManifest(base.engine, at);
  const inTurn = createTurns();
  const overview = composeOverview({ ...base, ...stores, manifestOf, news });
  return {
    ...base,
    ...stores,
    works,
    runner,
    ...overview,
    ...composeSchedules({ ...base, ...stores, ...overview, runner, inTurn }),
    gate: stores.gate,
    clusterOf: registry.use,
    submit: runner.submit,
    inTurn,
    readLive,
    manifestOf,
    assertKnown: async (cluster: string): Promise<void> => {
      if (!registry.has(cluster) && !(await clusters.find(cluster))) throw clusterUnknown(cluster);
    },
    assertBackupable: async (cluster: string): Promise<void> => {
      await registry.use(cluster);
    },
    assertVisible: async (at: At, actor: Actor): Promise<void> => {
      await seeBackup(at, actor, { backups, list });
    },
    showRun: (at: { cluster: string; run: string }, actor: Actor) => showRun(at, actor, { runs }),
    listRestores: (cluster: string, actor: Actor, page: Page) =>
      runs.list({ cluster, kind: 'restore' }, actor.namespacesWith('restores:read', cluster), page),
  };
}

const connect = ({ server, source }: Reached) =>
  createKubernetesClient({ server: server ?? 'the cluster', source });

type At = { cluster: string; backup: string };
type Page = { limit: number; cursor?: string | undefined };

/** Null when the description of the backup cannot be read: the rest of it still can. */
const readManifest = (engine: Engine, at: At) =>
  engine.manifest(at).catch((error: unknown) => {
    if (error instanceof ProblemError) return null;
    throw error;
  });

function composeStores({ db, clock, publish, data, log }: Foundation) {
  const clusters = createClustersRepository(db);
  const registry = createRegistry({
    clusters,
    clock,
    publish,
    connect,
  });
  const scheduling = {
    schedules: createSchedulesRepository(db),
    slots: createSlotsRepository(db),
  };
  const resources = createResources({
    clientOf: (cluster) => (registry.has(cluster) ? registry.clientOf(cluster).client : null),
    diskOf: () => diskOf(data),
    log,
  });
  return {
    clusters,
    registry,
    connect,
    backups: createBackupsRepository(db),
    list: createBackupListRepository(db),
    plans: createPlansRepository(db),
    journal: createJournalRepository(db),
    runs: createRunsRepository(db),
    claims: createClaimsRepository(db),
    ...scheduling,
    resources,
    gate: createGate({ schedules: scheduling.schedules, resources, clock }),
    thinning: { runs: createRunsThinRepository(db), restores: createRestoresThinRepository(db) },
  };
}

type Stores = ReturnType<typeof composeStores>;

function composeRuns(base: Foundation, stores: Stores) {
  const needs = { ...base, ...stores, clusterOf: stores.registry.use };
  const works: Works = {
    ...backupWorks(needs),
    maintenance: maintenanceWork(needs),
    restore: restoreWork(needs),
  };
  const measured = measure(base.metrics);
  const learn = createLearning(needs);
  const runner = createRunner({
    ...needs,
    works,
    gate: stores.gate,
    onEnd: (run) => {
      measured(run);
      learn(run);
    },
    makeRoom: base.reserve.giveUpIfLow,
  });
  return { works, runner };
}

const measure =
  (metrics: Metrics) =>
  ({ cluster, kind, state, startedAt, finishedAt }: Run): void => {
    metrics.runs.inc({ cluster, kind, state });
    if (startedAt === null || finishedAt === null) return;
    const ended = Date.parse(finishedAt);
    metrics.runSeconds.observe({ cluster, kind }, (ended - Date.parse(startedAt)) / 1000);
    if (kind === 'backup' && (state === 'completed' || state === 'partial'))
      metrics.lastBackup.set({ cluster }, ended / 1000);
  };
