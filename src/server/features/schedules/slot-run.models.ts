import { milliseconds } from '#shared/schedules/duration.models.ts';
import { isFault, type Timetable, timetableOf } from '#shared/schedules/timetable.models.ts';
import { nextRun } from '#shared/schedules/cron/cron.models.ts';
import type { NewRun } from '../../platform/runs.types.ts';
import { backupNameOf } from './names.models.ts';
import type { StoredSchedule } from './schedules.rows.ts';

/** Null: it cannot be read any more, such as when its zone was taken out of the zone data. */
export function timetableOfStored(
  { spec, minutesIn }: Pick<StoredSchedule, 'spec' | 'minutesIn'>,
  now: number,
): Timetable | null {
  const { frequency, timezone } = spec;
  const found = timetableOf({ frequency, timezone, minutesIn }, now);
  return isFault(found) ? null : found;
}

/** Always the same for one schedule, spread evenly over its jitter: FNV-1a of its name, milliseconds. */
export function jitterOf({
  cluster,
  name,
  spec,
}: Pick<StoredSchedule, 'cluster' | 'name' | 'spec'>) {
  if (spec.jitter === undefined) return 0;
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(`${cluster}/${name}`))
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return Math.floor((hash / 2 ** 32) * milliseconds(spec.jitter));
}

/** What may be lost: as the schedule says, otherwise the gap between its next two slots. */
export function targetOf(
  spec: StoredSchedule['spec'],
  timetable: Timetable,
  now: number,
): number | null {
  if (spec.targetRpo !== undefined) return milliseconds(spec.targetRpo);
  const next = nextRun(timetable, now);
  const after = next === null ? null : nextRun(timetable, next);
  return next === null || after === null ? null : after - next;
}

type Asked = {
  schedule: StoredSchedule;
  /** The slot, or the moment somebody asked for it. */
  at: number;
  isSlot: boolean;
  taken: (name: string) => boolean;
  createdBy: string;
};

/** The run that makes the backup of a schedule; where it stands in the queue is for the caller to say. */
export function runOf({ schedule, at, isSlot, taken, createdBy }: Asked): NewRun {
  const { cluster, name, namespaces, spec } = schedule;
  const backup = backupNameOf(name, at, taken);
  const { engine, type, excludedNamespaces, kinds, excludedKinds, labelSelector } = spec;
  const what = {
    namespaces: spec.namespaces,
    excludedNamespaces,
    kinds,
    excludedKinds,
    labelSelector,
  };
  return {
    cluster,
    kind: 'backup',
    backup,
    plan: null,
    namespaces,
    spec: { backup: { engine, type, name: backup, schedule: name, ...what } },
    createdBy,
    schedule: name,
    ...(isSlot && { slotAt: at }),
  };
}
