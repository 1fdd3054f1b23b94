import type { ScheduleSpec } from '#shared/schedules/schedule.contract.ts';
import { milliseconds } from '#shared/schedules/duration.models.ts';
import type { CronError } from '#shared/schedules/cron/cron.types.ts';
import { retentionFault } from '#shared/schedules/retention/policy.models.ts';
import { gapsOf } from '#shared/schedules/simulation/occurrences.models.ts';
import { runsBetween } from '#shared/schedules/cron/cron.models.ts';
import {
  faultInWords,
  isFault,
  timetableOf,
  type Timetable,
} from '#shared/schedules/timetable.models.ts';
import { parseLabelSelector } from '../../engines/restore/label-selector.models.ts';
import { specInvalid } from './schedules.errors.ts';

export type SpecFault = {
  field: 'frequency' | 'timezone' | 'retention' | 'jitter' | 'labelSelector';
  error: CronError;
};

const plain = (message: string): CronError => ({ message, from: 0, to: 0, suggestion: null });

/** The first thing that is wrong with it whatever else there is; null: it can be used. */
export function faultOf(spec: ScheduleSpec, now: number): SpecFault | null {
  const { frequency, timezone, retention, labelSelector } = spec;
  const found = timetableOf({ frequency, timezone }, now);
  if (isFault(found)) return found;
  const kept = retentionFault(retention);
  if (kept !== null) return { field: 'retention', error: plain(kept) };
  const spread = jitterFault(spec, found, now);
  if (spread !== null) return { field: 'jitter', error: plain(spread) };
  if (labelSelector !== undefined && !isSelector(labelSelector))
    return { field: 'labelSelector', error: plain(`${labelSelector} is no label selector`) };
  return null;
}

/** Spread over more than its interval, one slot would come after the next. */
function jitterFault({ jitter }: ScheduleSpec, timetable: Timetable, now: number): string | null {
  if (jitter === undefined) return null;
  const slots: number[] = [];
  for (const at of runsBetween(timetable, { after: now, until: Infinity })) {
    slots.push(at);
    if (slots.length === 50) break;
  }
  const gap = gapsOf(slots)?.shortest ?? Infinity;
  return milliseconds(jitter) < gap
    ? null
    : `${jitter} is not shorter than the time between two slots`;
}

function isSelector(selector: string): boolean {
  try {
    parseLabelSelector(selector);
    return true;
  } catch {
    return false;
  }
}

/** Throws `request.invalid` with the field, the place of the error and what was probably meant. */
export function assertUsable(spec: ScheduleSpec, now: number): void {
  const fault = faultOf(spec, now);
  if (fault) throw specInvalid(fault.field, faultInWords({ field: fault.field, ...fault.error }));
}
