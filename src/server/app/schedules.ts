import { uptime } from 'node:os';
import { both } from '#shared/schedules/schedule-scope.contract.ts';
import type { Run } from '#shared/runs/runs.contract.ts';
import { expireBackup, deleteBackup } from '../features/backups/manage.usecases.ts';
import type { Registry } from '../features/clusters/registry.ts';
import { isVisible } from '../features/runs/runs.models.ts';
import { createClockGuard } from '../features/schedules/clock-guard.ts';
import {
  createFactsRepository,
  type FactsRepository,
} from '../features/schedules/facts.repository.ts';
import { createLastSeen } from '../features/schedules/last-seen.repository.ts';
import { visibleSchedules } from '../features/schedules/read.usecases.ts';
import { keptBySchedule } from '../features/schedules/retention.usecases.ts';
import type { Resources } from '../features/schedules/resources.ts';
import { createScheduler } from '../features/schedules/scheduler.ts';
import type { Runner } from '../features/runs/runner.ts';
import type { RunsRepository } from '../features/runs/runs.repository.ts';
import type { BackupsRepository } from '../features/backups/backups.repository.ts';
import type { SlotsRepository } from '../features/schedules/slots.repository.ts';
import type { SchedulesRepository } from '../features/schedules/schedules.repository.ts';
import type { Actor } from '../platform/actor.ts';
import { type After, afterTimeout } from '../platform/after.ts';
import type { Reach } from '../platform/runs.types.ts';
import type { Foundation } from './foundation.types.ts';

type Needs = Foundation & {
  registry: Registry;
  runs: RunsRepository;
  runner: Runner;
  backups: BackupsRepository;
  schedules: SchedulesRepository;
  slots: SlotsRepository;
  resources: Resources;
  namespacesOf: (
    cluster: string,
    reach: Reach,
  ) => Promise<{ seen: { from: string }; items: readonly { name: string }[] }>;
  diskOf: () => Promise<{ free: number; total: number } | null>;
  inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  after?: After;
};

/** Schedules with what they need of runs, backups and clusters. */
export function composeSchedules(needs: Needs) {
  const { db, clock, log, registry, runs, runner, backups, schedules } = needs;
  const facts = createFactsRepository(db);
  const clockGuard = createClockGuard({
    clock,
    uptime: () => uptime() * 1000,
    timeOfClusters: () => timeOf(registry),
    lastSeen: createLastSeen(db),
    log,
  });
  const scheduler = createScheduler({
    ...needs,
    clockGuard,
    after: needs.after ?? afterTimeout,
    queueRuns: runs.insertAll,
    announce: runner.announce,
    lookAtQueue: runner.start,
    measure: measuring(needs),
    takenNames: backups.takenNames,
    isKnown: registry.has,
  });
  const asking = new Set<string>();
  const manage = { ...needs, submit: runner.submit };
  return {
    facts,
    clockGuard,
    scheduler,
    asking,
    ofOverview: ofOverview(needs, { asking, doubt: clockGuard.doubt }),
    wake: scheduler.wake,
    isVisible,
    usualOf: facts.usual,
    takenNames: backups.takenNames,
    pointsOf: (at: { cluster: string; schedule: string }) =>
      facts.pointsOf(at, clock().epochMilliseconds),
    namesIn: (cluster: string) => namesIn(cluster, needs),
    locationOf: () => dataFolder(needs),
    deleteBackup: (at: { cluster: string; backup: string }, actor: Actor) =>
      deleteBackup(at, actor, manage),
    expire: (at: { cluster: string; backup: string }) => expireBackup(at, manage),
    cancelRun: runner.cancel,
    clusterIds: () => registry.all().map(({ row }) => row.id),
    keptBySchedule: (at: { cluster: string; backup: string; schedule: string }) =>
      keptBySchedule(at, { schedules, facts, clock }),
    lengths: () => lengthsOf({ schedules, registry, facts }),
    ...reachOf({ schedules, facts }),
  };
}

/** What calls about a schedule touch. */
const reachOf = ({
  schedules,
  facts,
}: {
  schedules: SchedulesRepository;
  facts: FactsRepository;
}) => ({
  namespacesOfSchedule: async (cluster: string, schedule: string) =>
    (await schedules.find({ cluster, schedule }))?.namespaces ?? 'all',
  namespacesKeptBy: async (cluster: string, schedule: string): Promise<Reach> => {
    const found = await schedules.find({ cluster, schedule });
    return found ? both(found.namespaces, await facts.heldBy({ cluster, schedule })) : 'all';
  },
});

/** What Now says of schedules. */
const ofOverview = (
  needs: Needs,
  { asking, doubt }: { asking: ReadonlySet<string>; doubt: () => string | null },
) => ({
  schedulesSeen: (cluster: string, actor: Actor) =>
    visibleSchedules(cluster, actor, { ...needs, isVisible }),
  slotsSince: needs.slots.since,
  clockDoubt: doubt,
  asking: (cluster: string) =>
    [...asking].flatMap((key) =>
      key.startsWith(`${cluster}/`) ? [key.slice(cluster.length + 1)] : [],
    ),
});

/** The time of whichever API server answers; each was asked something a moment ago or is asked now. */
async function timeOf(registry: Registry): Promise<number | null> {
  const asked = registry.all().map(async ({ row }) => {
    const { client } = registry.clientOf(row.id);
    await client.version(AbortSignal.timeout(answersWithin));
    return client.serverTime();
  });
  for (const answer of await Promise.allSettled(asked))
    if (answer.status === 'fulfilled' && answer.value !== null) return answer.value;
  return null;
}

const answersWithin = 5000;

/** At most so often, milliseconds: slots may come every second. */
const measuredEvery = 15_000;

/** One after the other, in the background: no slot waits for a slow cluster. */
function measuring({ resources, clock, log }: Pick<Needs, 'resources' | 'clock' | 'log'>) {
  let last = -Infinity;
  return async (clusters: readonly string[]): Promise<void> => {
    const now = clock().epochMilliseconds;
    if (clusters.length === 0 || Math.abs(now - last) < measuredEvery) return;
    last = now;
    void Promise.all(clusters.map(resources.look)).catch((error: unknown) =>
      log.warn({ err: error }, 'room of a cluster could not be measured'),
    );
  };
}

/** The one location there is: where the repositories lie. */
const dataFolder = async ({ diskOf }: Pick<Needs, 'diskOf'>) => ({
  name: 'The data folder',
  state: 'available' as const,
  free: (await diskOf())?.free ?? null,
});

/** Null when the cluster cannot be read now: what is not known is not missing. */
async function namesIn(
  cluster: string,
  { registry, namespacesOf }: Pick<Needs, 'registry' | 'namespacesOf'>,
): Promise<string[] | null> {
  if (!registry.has(cluster)) return null;
  const { seen, items } = await namespacesOf(cluster, 'all');
  return seen.from === 'cluster' ? items.map(({ name }) => name) : null;
}

/** Of schedules what theirs took, of other backups what is usual in their cluster. */
async function lengthsOf({
  schedules,
  registry,
  facts,
}: Pick<Needs, 'schedules' | 'registry'> & { facts: FactsRepository }): Promise<
  (run: Run) => number | null
> {
  const known = new Map(
    (await schedules.all()).map(({ cluster, name, durations }) => [
      `${cluster}/${name}`,
      durations,
    ]),
  );
  const usual = new Map<string, number | null>();
  for (const { row } of registry.all()) usual.set(row.id, (await facts.usual(row.id)).length);
  return ({ cluster, schedule, kind }) =>
    known.get(`${cluster}/${schedule}`)?.p50 ??
    (kind === 'backup' ? (usual.get(cluster) ?? null) : null);
}
