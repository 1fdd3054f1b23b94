import pino from 'pino';
import { scheduleSpec } from '#shared/schedules/schedule.contract.ts';
import type { Db } from '../../../platform/database/database.ts';
import { createRunsRepository } from '../../runs/runs.repository.ts';
import { createClockGuard } from '../clock-guard.ts';
import { createScheduler } from '../scheduler.ts';
import { newSchedule } from '../save.usecases.ts';
import { createSchedulesRepository } from '../schedules.repository.ts';
import { createSlotsRepository } from '../slots.repository.ts';

/** The clock on the wall and the machine's own count: time that a test passes by hand. */
export type World = { wall: number; up: number };

type Faults = {
  /** Asked before runs are queued: true makes the transaction fail, as a database that dies in it. */
  inTransaction?: () => boolean;
  /** Asked after the decision: true is a process that dies before anybody was told. */
  afterDecision?: () => boolean;
};

type Given = {
  db: Db;
  world: World;
  faults?: Faults;
  /** What the API servers say; null: none answers. */
  clusterTime?: () => number | null;
  /** Default: every cluster is. */
  isKnown?: () => boolean;
  /** Queued runs stay queued, instead of ending at once. */
  keepRuns?: boolean;
};

/** A scheduler over a real database whose time passes by hand. A new one is a new process. */
export function virtualScheduler(given: Given) {
  const { db, world, faults = {}, clusterTime, keepRuns, isKnown = () => true } = given;
  const timer: { at: number | null; act: () => void } = { at: null, act: () => undefined };
  const runs = createRunsRepository(db);
  const lastSeen = { at: undefined as number | undefined };
  const clock = () => Temporal.Instant.fromEpochMilliseconds(world.wall);
  const log = pino({ level: 'silent' });
  const clockGuard = createClockGuard({
    clock,
    uptime: () => world.up,
    timeOfClusters: async () => clusterTime?.() ?? null,
    lastSeen: { read: async () => lastSeen.at, write: async (at) => void (lastSeen.at = at) },
    log,
  });
  const told: string[] = [];
  const scheduler = createScheduler({
    schedules: createSchedulesRepository(db),
    slots: createSlotsRepository(db),
    queueRuns: async (given, now, work) => {
      if (given.length > 0 && faults.inTransaction?.()) throw new Error('the database died');
      await runs.insertAll(given, now, work);
    },
    announce: async (ids) => {
      if (faults.afterDecision?.()) throw new Error('the process died');
      told.push(...ids);
      if (!keepRuns) await endAll(db, world.wall);
    },
    measure: async () => undefined,
    lookAtQueue: () => undefined,
    takenNames: async () => new Set(),
    isKnown,
    clockGuard,
    publish: () => undefined,
    clock,
    after: (milliseconds, act) => {
      timer.at = world.wall + milliseconds;
      timer.act = act;
      return () => {
        timer.at = null;
      };
    },
    log,
  });
  return { scheduler, timer, clockGuard, told };
}

async function endAll(db: Db, now: number): Promise<void> {
  await db
    .updateTable('run')
    .set({ state: 'completed', started_at: now, finished_at: now })
    .where('state', '=', 'queued')
    .execute();
}

/** Schedules of this cluster, made now; the rest of each spec is the default. */
export async function plantSchedules(
  db: Db,
  given: readonly ({ name: string; frequency: string } & Record<string, unknown>)[],
  now: number,
): Promise<void> {
  const schedules = createSchedulesRepository(db);
  await schedules.together(async (work) => {
    for (const { name, ...rest } of given) {
      const spec = scheduleSpec.parse(rest);
      await schedules.insert(
        newSchedule({ cluster: 'a', name, spec, createdBy: 'ada', now }),
        work,
      );
    }
  });
}
