import { randomUUIDv7 } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { dayLength } from '#shared/time/lengths.models.ts';
import { nextRun } from '#shared/schedules/cron/cron.models.ts';
import { milliseconds } from '#shared/schedules/duration.models.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/database/database.ts';
import { inPieces } from '../../platform/database/pieces.models.ts';
import type { Publish } from '../../platform/live.ts';
import type { NewRun } from '../../platform/runs.types.ts';
import type { ClockGuard } from './clock-guard.ts';
import { decide, fires, type Unfinished } from './decide.models.ts';
import type { SchedulesRepository } from './schedules.repository.ts';
import type { StoredSchedule } from './schedules.rows.ts';
import { runOf } from './slot-run.models.ts';
import type { SlotsRepository } from './slots.repository.ts';
import type { Plan } from './timetables.models.ts';

export type DecidingNeeds = {
  schedules: SchedulesRepository;
  slots: SlotsRepository;
  /** Queues runs in the transaction that decided about them. */
  queueRuns: (runs: readonly (NewRun & { id: string })[], now: number, work: Db) => Promise<void>;
  /** Tells of queued runs, and begins what may begin. */
  announce: (ids: readonly string[]) => Promise<void>;
  takenNames: (cluster: string) => Promise<ReadonlySet<string>>;
  /** Whether the cluster is one of those that are looked after. */
  isKnown: (cluster: string) => boolean;
  clockGuard: ClockGuard;
  publish: Publish;
  clock: Clock;
};

/** What one look goes by. */
export type Looked = { plans: readonly Plan[]; now: number };

/** Answers whether something was left to decide about, or has changed, so that it looks again at once. */
export async function decideDue(
  { plans, now }: Looked,
  unfinished: Map<string, Unfinished>,
  needs: DecidingNeeds,
): Promise<boolean> {
  if (!(await needs.clockGuard.isSound())) return false;
  const due = plans.filter(
    ({ nextAt, schedule }) => nextAt !== null && nextAt <= now && needs.isKnown(schedule.cluster),
  );
  if (due.length === 0) return false;
  const lastGood = await lastGoodOf(due, needs);
  const taken = await takenIn(due, needs);
  const queued: string[] = [];
  for (const some of inPieces(due, 250)) {
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

/**
 * One transaction for all of these; answers the runs that it queued. One that was changed, paused or
 * deleted since it was read is left for the next look, which reads it again.
 */
async function decideAbout(plans: readonly Plan[], facts: Facts, needs: DecidingNeeds) {
  const decided = plans.map((plan) => ({ plan, ...decisionsOf(plan, facts) }));
  const { held, ids } = await needs.schedules.together(async (work) => {
    const held = await holding(decided, work, needs);
    const rows = held.flatMap(({ plan, decisions }) =>
      decisions.map((one) => rowOf(plan.schedule, one, facts.now)),
    );
    const fresh = await needs.slots.decide(rows, work);
    const mine = new Set(fresh.flatMap(({ run }) => (run === null ? [] : [run])));
    const runs = held.flatMap(({ plan, decisions }) =>
      decisions.flatMap(({ run, at }) =>
        run !== null && mine.has(run) ? [asRun(plan, { id: run, at }, facts)] : [],
      ),
    );
    await needs.queueRuns(runs, facts.now, work);
    return { held, ids: runs.map(({ id }) => id) };
  });
  for (const { plan, decisions } of held) goOn(plan, decisions.at(-1)?.at);
  return ids;
}

type Deciding = { plan: Plan; decisions: readonly Decided[] };

/** Those that are still what they were, and now are at their last decision: nobody else decides about it. */
async function holding(
  all: readonly Deciding[],
  work: Db,
  { slots }: DecidingNeeds,
): Promise<Deciding[]> {
  const held: Deciding[] = [];
  for (const one of all) {
    const last = one.decisions.at(-1)?.at;
    if (last === undefined || (await slots.setHandled(one.plan.schedule, last, work)))
      held.push(one);
  }
  return held;
}

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

async function lastGoodOf(plans: readonly Plan[], { slots }: DecidingNeeds) {
  const found = new Map<string, number>();
  for (const [cluster, some] of byCluster(plans)) {
    const names = some.map(({ schedule }) => schedule.name);
    for (const [name, at] of await slots.lastGood(cluster, names))
      found.set(`${cluster}/${name}`, at);
  }
  return found;
}

async function takenIn(plans: readonly Plan[], { takenNames }: DecidingNeeds) {
  const found = new Map<string, Set<string>>();
  for (const [cluster] of byCluster(plans)) found.set(cluster, new Set(await takenNames(cluster)));
  return found;
}

const byCluster = (plans: readonly Plan[]) =>
  Map.groupBy(plans, ({ schedule }) => schedule.cluster);
