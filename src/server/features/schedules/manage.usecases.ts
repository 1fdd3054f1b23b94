import { pendingStates, type Run, unfinishedStates } from '#shared/runs/runs.contract.ts';
import type { Pause, Schedule } from '#shared/schedules/schedule.contract.ts';
import type { Actor } from '../../platform/actor.ts';
import { permissionMissing } from '../../platform/http/handle.errors.ts';
import { ProblemError } from '../../platform/problems.ts';
import { pauseOver, scheduleUnknown } from './schedules.errors.ts';
import type { ScheduleAt } from './schedules.repository.ts';
import type { StoredSchedule } from './schedules.rows.ts';
import type { SchedulesNeeds } from './schedules.types.ts';
import { tellOf } from './save.usecases.ts';
import { runOf } from './slot-run.models.ts';
import { scheduleOf } from './view.models.ts';

async function present(at: ScheduleAt, { schedules }: SchedulesNeeds): Promise<StoredSchedule> {
  const found = await schedules.find(at);
  if (!found) throw scheduleUnknown(at.schedule);
  return found;
}

/** Slots from now until its end are passed over. */
export async function pauseSchedule(
  { reason, until, ...at }: ScheduleAt & Pick<Pause, 'reason' | 'until'>,
  actor: Actor,
  needs: SchedulesNeeds,
): Promise<Schedule> {
  const now = needs.clock().epochMilliseconds;
  if (until !== null && Date.parse(until) <= now) throw pauseOver(until);
  const since = new Date(now).toISOString();
  return setPause(at, { since, until, reason, by: actor.name }, needs);
}

/** From its next slot on; slots of the pause stay paused. */
export async function resumeSchedule(at: ScheduleAt, needs: SchedulesNeeds): Promise<Schedule> {
  const { pause } = await present(at, needs);
  const now = needs.clock().epochMilliseconds;
  const isOver = pause?.until != null && Date.parse(pause.until) <= now;
  const ended = pause && !isOver ? { ...pause, until: new Date(now).toISOString() } : pause;
  return setPause(at, ended, needs);
}

async function setPause(at: ScheduleAt, pause: Pause | null, needs: SchedulesNeeds) {
  return needs.inTurn(async () => {
    const before = await present(at, needs);
    const after = { ...before, pause, version: before.version + 1 };
    await needs.schedules.replace(after);
    tellOf(after, needs);
    const history = (await needs.slots.histories(at.cluster)).get(at.schedule);
    return scheduleOf(after, history ?? null, needs.clock().epochMilliseconds);
  });
}

/** Beside its slots, and before scheduled runs: a person asked for it. */
export async function runSchedule(
  at: ScheduleAt,
  actor: Actor,
  needs: SchedulesNeeds,
): Promise<Run> {
  const schedule = await present(at, needs);
  return needs.inTurn(async () => {
    const taken = await needs.takenNames(at.cluster);
    const now = needs.clock().epochMilliseconds;
    return needs.submit(
      runOf({
        schedule,
        at: now,
        isSlot: false,
        taken: (one) => taken.has(one),
        createdBy: actor.name,
      }),
    );
  });
}

/**
 * Its backups stay unless asked otherwise; then pinned ones, and those being deleted already, stay. Its
 * runs that wait are canceled, and with the backups the one that goes on.
 */
export async function deleteSchedule(
  { backups, ...at }: ScheduleAt & { backups: 'keep' | 'delete' },
  actor: Actor,
  needs: SchedulesNeeds,
): Promise<{ backupsDeleted: number }> {
  const { namespaces, name, cluster } = await present(at, needs);
  const held = { cluster, namespaces: await needs.namespacesKeptBy(cluster, name) };
  if (backups === 'delete' && !actor.may('backups:delete', held))
    throw permissionMissing('backups:delete');
  const points = backups === 'delete' ? await needs.pointsOf(at) : [];
  if (!(await needs.schedules.remove(at))) throw scheduleUnknown(at.schedule);
  tellOf({ cluster, name, namespaces }, needs);
  const ending = backups === 'delete' ? unfinishedStates : pendingStates;
  for (const id of await needs.slots.runsIn(ending, at)) await needs.cancelRun(id);
  let backupsDeleted = 0;
  for (const { id, isPinned } of points) {
    if (isPinned) continue;
    backupsDeleted += await deleteOne({ cluster, backup: id }, actor, needs);
  }
  return { backupsDeleted };
}

async function deleteOne(
  at: { cluster: string; backup: string },
  actor: Actor,
  needs: SchedulesNeeds,
): Promise<0 | 1> {
  try {
    await needs.deleteBackup(at, actor);
    return 1;
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status < 500) return 0; // pinned or gone since
    throw error;
  }
}
