import type { Slot, Schedule } from '#shared/schedules/schedule.contract.ts';
import { nextRun } from '#shared/schedules/cron/cron.models.ts';
import { scheduleState } from '#shared/schedules/schedule-state.models.ts';
import { frequencyInWords } from '#shared/schedules/timetable.models.ts';
import { clockOf, minuteOf } from '#shared/schedules/window.models.ts';
import type { History } from './slots.repository.ts';
import type { StoredSchedule } from './schedules.rows.ts';
import { planOf } from './timetables.models.ts';

/** A pause that goes on now. */
export const isPaused = ({ pause }: Pick<StoredSchedule, 'pause'>, now: number): boolean =>
  pause !== null && (pause.until === null || Date.parse(pause.until) > now);

/** A schedule as people see it. `history`: null when nobody could look. */
export function scheduleOf(stored: StoredSchedule, history: History | null, now: number): Schedule {
  const { spec, durations, minutesIn } = stored;
  const plan = planOf(stored, now);
  const next = plan.nextAt === null ? null : plan.nextAt - plan.jitter;
  const after = next === null || !plan.timetable ? null : nextRun(plan.timetable, next);
  const paused = isPaused(stored, now);
  const { state, sentence } = scheduleState({
    now,
    history: plan.timetable &&
      history && { last: factsOf(history.last), lastGood: history.lastGood },
    isPaused: paused,
    next,
    afterNext: after,
    jitter: plan.jitter,
    durations,
    targetRpo: plan.target,
  });
  return {
    name: stored.name,
    cluster: stored.cluster,
    version: stored.version,
    spec,
    zone: zoneIn(plan),
    words: frequencyInWords({ frequency: spec.frequency, timezone: spec.timezone, minutesIn }),
    state,
    sentence: plan.timetable
      ? sentence
      : 'Its frequency or time zone cannot be read any more: edit it.',
    paused: paused ? stored.pause : null,
    picked: pickedOf(stored),
    next: isoOrNull(sayable(nextSlot(stored, plan, now))),
    last: history?.last ?? null,
    lastGood: isoOrNull(history?.lastGood ?? null),
    durations,
    createdBy: stored.createdBy,
    createdAt: iso(stored.createdAt),
    changedAt: iso(stored.changedAt),
  };
}

export function pickedOf({ spec, minutesIn, pickedWhy }: StoredSchedule): Schedule['picked'] {
  if (typeof spec.frequency === 'string' || pickedWhy === null) return null;
  return { clock: clockOf(minuteOf(spec.frequency.from) + minutesIn), why: pickedWhy };
}

/** What the expression itself names goes before what stands beside it. */
const zoneIn = ({ timetable, schedule }: ReturnType<typeof planOf>): string =>
  timetable?.zone ?? schedule.spec.timezone;

/** Beyond the year 9999 an instant is written otherwise, and nobody waits for it. */
const sayable = (at: number | null): number | null =>
  at === null || at >= Date.UTC(10_000, 0, 1) ? null : at;

/** The first that will fire: after a pause that ends, and never in the past. */
function nextSlot(
  { pause }: StoredSchedule,
  { timetable, schedule }: ReturnType<typeof planOf>,
  now: number,
): number | null {
  if (timetable === null) return null;
  const rests = pause !== null && isPaused({ pause }, now);
  if (rests && pause.until === null) return null;
  // A clock that was set back has slots before it that are over: they do not come again.
  const from = rests ? Date.parse(pause.until ?? '') - 1 : Math.max(now, schedule.handledAt);
  return nextRun(timetable, timetable.cron.rule.kind === 'every' ? schedule.handledAt : from);
}

function factsOf(last: Slot | null) {
  if (last === null) return null;
  const { at, state, reason, run } = last;
  return {
    at: Date.parse(at),
    state,
    reason,
    run: run && {
      state: run.state,
      startedAt: run.startedAt === null ? null : Date.parse(run.startedAt),
    },
  };
}

const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));
