import * as z from 'zod/mini';
import {
  type Durations,
  type Pause,
  pause,
  type ScheduleSpec,
  scheduleSpec,
} from '#shared/schedules/schedule.contract.ts';
import { remembered } from '#shared/schedules/remembered.models.ts';
import type { Reach } from '../../platform/runs.types.ts';
import type { Tables } from '../../platform/tables.ts';

/** Instants are milliseconds since 1970. */
export type StoredSchedule = {
  cluster: string;
  name: string;
  version: number;
  spec: ScheduleSpec;
  namespaces: Reach;
  /** The last one, also when it is over. */
  pause: Pause | null;
  minutesIn: number;
  pickedWhy: string | null;
  handledAt: number;
  durations: Durations | null;
  createdBy: string;
  createdAt: number;
  changedAt: number;
};

const names = z.array(z.string());
const parseJson = (text: string): unknown => JSON.parse(text);

/** All rows are read at every look, and few have changed: what a text says is remembered. */
const specOf = remembered((text) => scheduleSpec.parse(parseJson(text)), 10_000);
const namesOf = remembered((text) => names.parse(parseJson(text)), 10_000);

export function readSchedule(row: Tables['schedule']): StoredSchedule {
  const { p50, p90, p99, runs } = row;
  return {
    cluster: row.cluster,
    name: row.name,
    version: row.version,
    spec: specOf(row.spec_json),
    namespaces: row.namespaces === null ? 'all' : namesOf(row.namespaces),
    pause: row.pause_json === null ? null : pause.parse(parseJson(row.pause_json)),
    minutesIn: row.minutes_in,
    pickedWhy: row.picked_why,
    handledAt: row.handled_at,
    durations: runs === 0 ? null : { p50, p90, p99, runs },
    createdBy: row.created_by,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  };
}

export function rowOfSchedule(given: StoredSchedule): Tables['schedule'] {
  const { p50 = 0, p90 = 0, p99 = 0, runs = 0 } = given.durations ?? {};
  return {
    cluster: given.cluster,
    name: given.name,
    version: given.version,
    spec_json: JSON.stringify(given.spec),
    namespaces: given.namespaces === 'all' ? null : JSON.stringify(given.namespaces),
    pause_json: given.pause && JSON.stringify(given.pause),
    minutes_in: given.minutesIn,
    picked_why: given.pickedWhy,
    handled_at: given.handledAt,
    p50,
    p90,
    p99,
    runs,
    created_by: given.createdBy,
    created_at: given.createdAt,
    changed_at: given.changedAt,
  };
}
