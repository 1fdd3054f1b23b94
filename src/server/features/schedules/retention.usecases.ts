import { setImmediate } from 'node:timers/promises';
import type { RetentionView } from '#shared/schedules/preview.contract.ts';
import { policyOf } from '#shared/schedules/retention/policy.models.ts';
import { keptUntil } from '#shared/schedules/retention/kept-until.models.ts';
import { planRetention } from '#shared/schedules/retention/retention.models.ts';
import type { RetentionPlan } from '#shared/schedules/retention/retention.types.ts';
import { reasonInWords } from '#shared/schedules/retention/retention-words.models.ts';
import { absolute } from '#shared/words/format.models.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Audit } from '../../platform/audit.types.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import { ProblemError } from '../../platform/problems.ts';
import type { ClockGuard } from './clock-guard.ts';
import type { FactsRepository } from './facts.repository.ts';
import { clockDoubted } from './schedules.errors.ts';
import type { ScheduleAt, SchedulesRepository } from './schedules.repository.ts';
import type { StoredSchedule } from './schedules.rows.ts';
import type { SchedulesNeeds } from './schedules.types.ts';
import { seeSchedule } from './read.usecases.ts';
import { timetableOfStored } from './slot-run.models.ts';

export type RetentionNeeds = {
  schedules: Pick<SchedulesRepository, 'all' | 'find'>;
  facts: FactsRepository;
  clockGuard: ClockGuard;
  /** Queues the deletion of a backup, after all that people wait for. */
  expire: (at: { cluster: string; backup: string }) => Promise<unknown>;
  /** The clusters that are looked after. */
  clusterIds: () => readonly string[];
  /** Schedules of which more than half would go, by `cluster/name`: kept by the last round. */
  asking: Set<string>;
  audit: Audit;
  clock: Clock;
  log: Log;
};

type Planned = { plan: RetentionPlan; now: number };

/** What retention would do now; null: everything is kept. */
async function planFor(
  schedule: StoredSchedule,
  { facts, clock }: Pick<RetentionNeeds, 'facts' | 'clock'>,
): Promise<Planned | null> {
  const now = clock().epochMilliseconds;
  const policy = policyOf(schedule.spec.retention);
  const timetable = timetableOfStored(schedule, now);
  // A zone that is gone makes days unknown: nothing is deleted on a guess.
  if (policy === null || timetable === null) return null;
  const { cluster, name } = schedule;
  const points = await facts.pointsOf({ cluster, schedule: name }, now);
  return { plan: planRetention({ points, policy, now, zone: timetable.zone }), now };
}

/**
 * One round: deletes what no rule wants any more. A plan that would take more than half waits for a
 * person; a clock that cannot be trusted stops everything.
 */
export async function applyRetention(needs: RetentionNeeds): Promise<void> {
  if (!(await needs.clockGuard.isSound())) return;
  const known = new Set(needs.clusterIds());
  for (const schedule of await needs.schedules.all()) {
    if (!known.has(schedule.cluster)) continue;
    const planned = await planFor(schedule, needs);
    const key = `${schedule.cluster}/${schedule.name}`;
    if (planned?.plan.asks) needs.asking.add(key);
    else needs.asking.delete(key);
    if (planned?.plan.asks === null) await removeAll(schedule, planned.plan.remove, needs);
    await setImmediate();
  }
  const now = needs.clock().epochMilliseconds;
  for (const cluster of known)
    await removeAll({ cluster, name: null }, await needs.facts.expired(cluster, now), needs);
}

async function removeAll(
  { cluster, name }: { cluster: string; name: string | null },
  ids: readonly string[],
  needs: RetentionNeeds,
): Promise<number> {
  let removed = 0;
  for (const backup of ids) {
    const target = { cluster, backup, ...(name !== null && { schedule: name }) };
    const note = { actor: 'retention', action: 'retention deletes', cluster, target, code: null };
    await needs.audit({ ...note, outcome: 'intended' });
    try {
      await needs.expire({ cluster, backup });
      removed += 1;
      await needs.audit({ ...note, outcome: 'done' });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      await needs.audit({ ...note, outcome: 'failed', code: error.problem.code });
      needs.log.warn({ cluster, backup, code: error.problem.code }, 'retention left a backup');
    }
    await setImmediate();
  }
  return removed;
}

const iso = (at: number): string => new Date(at).toISOString();

const nothing: RetentionView = { decisions: [], remove: 0, asks: null };

/** What retention would do to the backups of a schedule if it were applied now. */
export async function showRetention(
  at: ScheduleAt,
  actor: Actor,
  needs: SchedulesNeeds & RetentionNeeds,
): Promise<RetentionView> {
  const schedule = await seeSchedule(at, actor, needs);
  const planned = await planFor(schedule, needs);
  return planned ? viewOf(planned.plan) : nothing;
}

const viewOf = ({ decisions, remove, asks }: RetentionPlan): RetentionView => ({
  decisions: decisions.slice(0, 1000).map(({ id, at, reasons }) => ({
    id,
    at: iso(at),
    keep: reasons.length > 0,
    reasons: reasons.map(reasonInWords),
  })),
  remove: remove.length,
  asks,
});

/** Now, and also when more than half would go: a person has seen the plan. */
export async function confirmRetention(
  at: ScheduleAt,
  actor: Actor,
  needs: SchedulesNeeds & RetentionNeeds,
): Promise<{ backupsDeleted: number }> {
  const doubt = needs.clockGuard.doubt();
  if (doubt !== null) throw clockDoubted(doubt);
  const schedule = await seeSchedule(at, actor, needs);
  const planned = await planFor(schedule, needs);
  needs.asking.delete(`${at.cluster}/${at.schedule}`);
  return { backupsDeleted: await removeAll(schedule, planned?.plan.remove ?? [], needs) };
}

/**
 * Why a backup is kept by the schedule that made it, and until when; null: the schedule is gone, also when
 * there is another one of its name.
 */
export async function keptBySchedule(
  { cluster, backup, schedule }: ScheduleAt & { backup: string },
  needs: Pick<RetentionNeeds, 'schedules' | 'facts' | 'clock'>,
): Promise<string[] | null> {
  const found = await needs.schedules.find({ cluster, schedule });
  if (!found) return null;
  const now = needs.clock().epochMilliseconds;
  const policy = policyOf(found.spec.retention);
  const timetable = timetableOfStored(found, now);
  const points = await needs.facts.pointsOf({ cluster, schedule }, now);
  if (points.every(({ id }) => id !== backup)) return null;
  if (policy === null) return [`${schedule} keeps its backups for ever.`];
  if (timetable === null)
    return [`The time zone of ${schedule} is not known any more: nothing is removed.`];
  const { decisions } = planRetention({ points, policy, now, zone: timetable.zone });
  const mine = decisions.find(({ id }) => id === backup);
  const reasons = (mine?.reasons ?? []).map(reasonInWords);
  if (reasons.length === 0)
    return [`No rule of ${schedule} wants it any more: it goes with the next round.`];
  const until = keptUntil({ points, policy, timetable, now, id: backup });
  const end =
    until === null
      ? ''
      : ` Until about ${absolute(iso(until)).slice(0, 10)}, if every slot makes a backup.`;
  return [`${schedule} keeps it: ${reasons.join('; ')}.${end}`];
}
