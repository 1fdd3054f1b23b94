import { nextRun } from '#shared/schedules/cron/cron.models.ts';
import type { Timetable } from '#shared/schedules/timetable.models.ts';
import type { StoredSchedule } from './schedules.rows.ts';
import { jitterOf, targetOf, timetableOfStored } from './slot-run.models.ts';

/** A schedule as the scheduler keeps it in mind between two looks. */
export type Plan = {
  schedule: StoredSchedule;
  /** Null: it cannot be read any more. */
  timetable: Timetable | null;
  jitter: number;
  /** What may be lost, milliseconds; null: it comes once. */
  target: number | null;
  /** When its next slot is decided, jitter included; null: never. */
  nextAt: number | null;
};

export function planOf(schedule: StoredSchedule, now: number): Plan {
  const timetable = timetableOfStored(schedule, now);
  const jitter = jitterOf(schedule);
  if (timetable === null) return { schedule, timetable, jitter, target: null, nextAt: null };
  const next = nextRun(timetable, schedule.handledAt);
  return {
    schedule,
    timetable,
    jitter,
    target: targetOf(schedule.spec, timetable, now),
    nextAt: next === null ? null : next + jitter,
  };
}
