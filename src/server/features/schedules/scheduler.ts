import { randomUUIDv7 } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { nextRun } from '#shared/schedules/cron/cron.models.ts';
import { milliseconds } from '#shared/schedules/duration.models.ts';
import type { After } from '../../platform/after.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/database/database.ts';
import type { Publish } from '../../platform/live.ts';
import type { Log } from '../../platform/log.ts';
import type { NewRun } from '../../platform/runs.types.ts';
import type { ClockGuard } from './clock-guard.ts';
import { decide, fires, type Unfinished } from './decide.models.ts';
import type { SchedulesRepository } from './schedules.repository.ts';
import type { StoredSchedule } from './schedules.rows.ts';
import type { SlotsRepository } from './slots.repository.ts';
import { type Plan, planOf } from './timetables.models.ts';
import { runOf } from './slot-run.models.ts';

export type SchedulerNeeds = {
  schedules: SchedulesRepository;
  slots: SlotsRepository;
  /** Queues runs in the transaction that decided about them. */
  queueRuns: (runs: readonly (NewRun & { id: string })[], now: number, work: Db) => Promise<void>;
  /** Tells of queued runs, and begins what may begin. */
  announce: (ids: readonly string[]) => Promise<void>;
  /** Measures the clusters in which scheduled runs wait, or are about to. */
  measure: (clusters: readonly string[]) => Promise<void>;
  /** Looks at the queue: a gate may have opened. */
  lookAtQueue: () => void;
  takenNames: (cluster: string) => Promise<ReadonlySet<string>>;
  /** Whether the cluster is one of those that are looked after. */
  isKnown: (cluster: string) => boolean;
  clockGuard: ClockGuard;
  publish: Publish;
  clock: Clock;
  after: After;
  log: Log;
};

/** Clocks are compared at least so often, milliseconds. */
const longestNap = 30_000;
/** Gates open on full minutes: it looks just after each. */
const minute = 60_000;
const justAfter = 20;
/** After a failure it is tried again so soon. */
const retryAfter = 2000;

/**
 * Decides about every slot that is due, once: inserting its row is the decision, and the run that it
 * asks for is queued in the same transaction. One per installation.
 */
export function createScheduler(needs: SchedulerNeeds) {
  const { after, log, clock } = needs;
  let plans: readonly Plan[] | null = null;
  let stopped = false;
  let callOff = (): void => undefined;
  let round: Promise<void> = Promise.resolve();

  const look = async (): Promise<void> => {
    callOff();
    if (stopped) return;
    try {
      plans ??= await loadPlans(needs);
      await needs.measure(await busyClusters(plans, needs));
      const again = await tick(plans, needs);
      needs.lookAtQueue();
      if (again) plans = null;
      const nap = again ? 0 : napUntil(plans ?? [], clock().epochMilliseconds);
      callOff = after(nap, next);
    } catch (error) {
      plans = null;
      log.error({ err: error }, 'slots could not be decided; trying again soon');
      callOff = after(retryAfter, next);
    }
  };
  const next = (): void => {
    round = round.then(look);
  };
  return {
    start: next,
    /** A schedule was made, changed or removed. */
    wake: (): void => {
      plans = null;
      next();
    },
    /** Ends after the round that is going on. */
    stop: async (): Promise<void> => {
      stopped = true;
      callOff();
      await round;
    },
  };
}

async function loadPlans({ schedules, clock }: SchedulerNeeds): Promise<Plan[]> {
  const now = clock().epochMilliseconds;
  return (await schedules.all()).map((schedule) => planOf(schedule, now));
}

const napUntil = (plans: readonly Plan[], now: number): number =>
  plans.reduce(
    (nap, { nextAt }) => (nextAt === null ? nap : Math.min(nap, Math.max(0, nextAt - now))),
    Math.min(longestNap, minute - (now % minute) + justAfter),
  );

/** Where scheduled runs are unfinished, or will come within a minute. */
async function busyClusters(
  plans: readonly Plan[],
  { slots, clock, isKnown }: SchedulerNeeds,
): Promise<string[]> {
  const soon = clock().epochMilliseconds + minute;
  const coming = plans.flatMap(({ nextAt, schedule }) =>
    nextAt !== null && nextAt <= soon ? [schedule.cluster] : [],
  );
  const waiting = [...(await slots.unfinished()).keys()].map((key) => key.split('/')[0] ?? '');
  return [...new Set([...coming, ...waiting])].filter(isKnown);
}

/** Answers whether something was left to decide about, or has changed, so that it looks again at once. */
async function tick(plans: readonly Plan[], needs: SchedulerNeeds): Promise<boolean> {
  const now = needs.clock().epochMilliseconds;
  if (!(await needs.clockGuard.isSound())) return false;
  const due = plans.filter(
    ({ nextAt, schedule }) => nextAt !== null && nextAt <= now && needs.isKnown(schedule.cluster),
  );
  if (due.length === 0) return false;
  const unfinished = await needs.slots.unfinished();
  const lastGood = await lastGoodOf(due, needs);
  const taken = await takenIn(due, needs);
  const queued: string[] = [];
  for (const some of portions(due, 250)) {
    queued.push(...(await decideAbout(some, { now, unfinished, lastGood, taken }, needs)));
    await setImmediate();
  }
  if (queued.length > 0) await needs.announce(queued);
  for (const cluster of new Set(due.map(({ schedule }) => schedule.cluster)))
    needs.publish({ type: 'changed', cluster, what: 'schedules', id: null }, 'all');
  return due.some((plan) => plan.nextAt !== null && plan.nextAt <= now);
}

type Facts = {
  now: number;
  unfinished: Map<string, Unfinished>;
  lastGood: Map<string, number>;
  taken: Map<string, Set<string>>;
};

/** One transaction for all of these; answers the runs that it queued. */
async function decideAbout(plans: readonly Plan[], facts: Facts, needs: SchedulerNeeds) {
  const decided = plans.map((plan) => ({ plan, ...decisionsOf(plan, facts) }));
  const queued = await needs.schedules.together(async (work) => {
    const rows = decided.flatMap(({ plan, decisions }) =>
      decisions.map((one) => rowOf(plan.schedule, one, facts.now)),
    );
    const fresh = await needs.slots.decide(rows, work);
    const mine = new Set(fresh.flatMap(({ run }) => (run === null ? [] : [run])));
    const runs = decided.flatMap(({ plan, decisions }) =>
      decisions.flatMap(({ run, at }) =>
        run !== null && mine.has(run) ? [asRun(plan, { id: run, at }, facts)] : [],
      ),
    );
    await needs.queueRuns(runs, facts.now, work);
    for (const { plan, decisions } of decided) {
      const handledAt = decisions.at(-1)?.at;
      const { cluster, name: schedule } = plan.schedule;
      if (handledAt !== undefined)
        await needs.slots.setHandled({ cluster, schedule }, handledAt, work);
    }
    return runs.map(({ id }) => id);
  });
  for (const { plan, decisions } of decided) goOn(plan, decisions.at(-1)?.at);
  return queued;
}

const dayLength = 86_400_000;

function decisionsOf({ schedule, timetable, jitter }: Plan, { now, unfinished }: Facts) {
  if (timetable === null) return { decisions: [] };
  const { spec, pause, cluster, name, handledAt } = schedule;
  const { decisions } = decide({
    timetable,
    handledAt,
    now,
    jitter,
    missedRuns: spec.missedRuns,
    catchUpWithin: spec.catchUpWithin === undefined ? dayLength : milliseconds(spec.catchUpWithin),
    overlap: spec.overlap,
    pauses: pause ? [pauseOf(pause)] : [],
    unfinished: unfinished.get(`${cluster}/${name}`) ?? { pending: 0, running: 0 },
  });
  return {
    decisions: decisions.map((one) => ({ ...one, run: fires(one) ? randomUUIDv7() : null })),
  };
}

const pauseOf = ({ since, until, reason }: NonNullable<StoredSchedule['pause']>) => ({
  since: Date.parse(since),
  until: until === null ? null : Date.parse(until),
  reason,
});

type Decided = ReturnType<typeof decisionsOf>['decisions'][number];

const rowOf = (
  { cluster, name }: StoredSchedule,
  { at, state, reason, run }: Decided,
  now: number,
) => ({
  cluster,
  schedule: name,
  at,
  state,
  reason,
  decided_at: now,
  run,
});

/** Its place: when the restore point that it makes is needed, less the time to make it. */
function asRun(
  { schedule, target }: Plan,
  { id, at }: { id: string; at: number },
  { now, lastGood, taken }: Facts,
): NewRun & { id: string } {
  const { cluster, name, createdAt, durations, spec } = schedule;
  const names = taken.get(cluster) ?? new Set();
  const run = runOf({
    schedule,
    at,
    isSlot: true,
    taken: (one) => names.has(one),
    createdBy: `schedule ${name}`,
  });
  names.add(run.backup ?? '');
  const since = lastGood.get(`${cluster}/${name}`) ?? createdAt;
  const rank = Math.round(target === null ? now : since + target - (durations?.p50 ?? 0));
  return { ...run, id, priority: spec.priority, rank };
}

/** The plan after its slots were decided; with none decided, it looks again at the next one. */
function goOn(plan: Plan, handledAt: number | undefined): void {
  if (plan.timetable === null) return;
  const from = handledAt ?? plan.schedule.handledAt;
  plan.schedule = { ...plan.schedule, handledAt: from };
  const next = nextRun(plan.timetable, from);
  plan.nextAt = next === null ? null : next + plan.jitter;
}

async function lastGoodOf(plans: readonly Plan[], { slots }: SchedulerNeeds) {
  const found = new Map<string, number>();
  for (const [cluster, some] of byCluster(plans)) {
    const names = some.map(({ schedule }) => schedule.name);
    for (const [name, at] of await slots.lastGood(cluster, names))
      found.set(`${cluster}/${name}`, at);
  }
  return found;
}

async function takenIn(plans: readonly Plan[], { takenNames }: SchedulerNeeds) {
  const found = new Map<string, Set<string>>();
  for (const [cluster] of byCluster(plans)) found.set(cluster, new Set(await takenNames(cluster)));
  return found;
}

const byCluster = (plans: readonly Plan[]) =>
  Map.groupBy(plans, ({ schedule }) => schedule.cluster);

function* portions<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
