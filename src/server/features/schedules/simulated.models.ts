import { milliseconds } from '#shared/schedules/duration.models.ts';
import type { ScheduleSpec } from '#shared/schedules/schedule.contract.ts';
import type { Simulated } from '#shared/schedules/simulation/simulation.types.ts';
import { policyOf } from '#shared/schedules/retention/policy.models.ts';
import { isFault, timetableOf } from '#shared/schedules/timetable.models.ts';
import type { StoredSchedule } from './schedules.rows.ts';
import { jitterOf } from './slot-run.models.ts';

/** Where nothing comparable ran yet, milliseconds. */
const assumedLength = 60_000;

export type Usual = { length: number | null; bytesOf: (schedule: string) => number | null };

type Given = Pick<
  StoredSchedule,
  'cluster' | 'name' | 'spec' | 'minutesIn' | 'durations' | 'pause'
>;

/** A schedule for the simulation. `usual`: what is known of other backups of the cluster. */
export function simulatedOf(given: Given, usual: Usual, now: number): Simulated {
  const { spec, name, minutesIn, durations } = given;
  const found = timetableOf({ frequency: spec.frequency, timezone: spec.timezone, minutesIn }, now);
  const length = usual.length ?? assumedLength;
  return {
    name,
    isForeign: false,
    frequency: spec.frequency,
    timetable: isFault(found) ? null : found,
    fault: isFault(found) ? found : null,
    jitter: jitterOf(given),
    namespaces: spec.namespaces ?? 'all',
    excluded: spec.excludedNamespaces ?? [],
    takes: takes(spec),
    duration: durations
      ? { p50: durations.p50, p90: durations.p90, assumed: false }
      : { p50: length, p90: length, assumed: true },
    overlap: spec.overlap,
    priority: spec.priority,
    retention: policyOf(spec.retention),
    targetRpo: spec.targetRpo === undefined ? null : milliseconds(spec.targetRpo),
    pausedUntil: pausedUntil(given.pause),
    bytesPerRun: usual.bytesOf(name),
  };
}

const takes = ({ type, kinds, excludedKinds, labelSelector }: ScheduleSpec): string =>
  JSON.stringify([type, kinds, excludedKinds, labelSelector]);

function pausedUntil(pause: StoredSchedule['pause']): number | null {
  if (pause === null) return null;
  return pause.until === null ? Infinity : Date.parse(pause.until);
}
