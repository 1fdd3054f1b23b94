import type { Schedule, ScheduleSpec } from '#shared/schedules/schedule.contract.ts';
import { timetableOf, isFault } from '#shared/schedules/timetable.models.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Db } from '../../platform/database/database.ts';
import { scheduleNameOf } from './names.models.ts';
import { takesAllOf } from './takes-all.models.ts';
import { pickIn } from './pick.ts';
import {
  needsTick,
  scheduleChanged,
  scheduleExists,
  scheduleUnknown,
  specInvalid,
  wouldFail,
} from './schedules.errors.ts';
import type { ScheduleAt } from './schedules.repository.ts';
import type { StoredSchedule } from './schedules.rows.ts';
import type { SchedulesNeeds } from './schedules.types.ts';
import { findingsOf } from './simulation.ts';
import { assertUsable } from './spec.ts';
import { scheduleOf } from './view.models.ts';

type Ticked = { acceptWarnings: boolean };
type Creating = {
  cluster: string;
  name?: string | undefined;
  spec: ScheduleSpec;
  replaces: readonly string[];
} & Ticked;

/** Throws when the spec cannot be used, the name is taken, or the check of 14 days objects. */
export async function createSchedule(
  { cluster, name, spec, acceptWarnings, replaces }: Creating,
  actor: Actor,
  needs: SchedulesNeeds,
): Promise<Schedule> {
  const now = needs.clock().epochMilliseconds;
  assertUsable(spec, now);
  await needs.assertKnown(cluster);
  return needs.inTurn(async () => {
    const known = new Set((await needs.schedules.ofCluster(cluster)).map((one) => one.name));
    const called = name ?? scheduleNameOf(spec.frequency, (one) => known.has(one));
    if (known.has(called)) throw scheduleExists(called);
    const fresh = newSchedule({ cluster, name: called, spec, createdBy: actor.name, now });
    const resting = await restingFor(fresh, { replaces, actor }, needs);
    const checked = await check(fresh, { acceptWarnings, actor, replaces }, needs);
    await needs.schedules.together(async (work) => {
      if (!(await needs.schedules.insert(checked, work))) throw scheduleExists(called);
      await replaceAll(resting, work, needs);
    });
    for (const one of [checked, ...resting]) tellOf(one, needs);
    return scheduleOf(checked, { last: null, lastGood: null }, now);
  });
}

type Fresh = Pick<StoredSchedule, 'cluster' | 'name' | 'spec' | 'createdBy'> & { now: number };

/** Nothing of it was due before it was made: its timetable counts from now. */
export const newSchedule = ({ now, spec, ...rest }: Fresh): StoredSchedule => ({
  ...rest,
  spec,
  version: 1,
  namespaces: spec.namespaces ?? 'all',
  pause: null,
  minutesIn: 0,
  pickedWhy: null,
  handledAt: now,
  durations: null,
  createdAt: now,
  changedAt: now,
});

/** With the time picked in its window. Errors block, warnings need a tick. */
export async function check(
  given: StoredSchedule,
  { acceptWarnings, actor, replaces }: Ticked & Replacing,
  needs: SchedulesNeeds,
): Promise<StoredSchedule> {
  const reach = actor.namespacesWith('schedules:read', given.cluster);
  const { picked, among } = await pickIn(given, { reach, replaces, isKnown: true }, needs);
  const found = findingsOf(among);
  const errors = found.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw wouldFail(errors);
  const warnings = found.filter(({ severity }) => severity === 'warning');
  if (warnings.length > 0 && !acceptWarnings) throw needsTick(warnings);
  return picked;
}

type Replacing = { replaces: readonly string[]; actor: Actor };

/** Those that another one replaces, paused until somebody resumes them: their backups and retention stay. */
async function restingFor(
  one: StoredSchedule,
  { replaces, actor }: Replacing,
  { schedules, clock }: SchedulesNeeds,
): Promise<StoredSchedule[]> {
  const { cluster, name } = one;
  if (replaces.includes(name)) throw specInvalid('replaces', 'a schedule cannot replace itself');
  const since = new Date(clock().epochMilliseconds).toISOString();
  const pause = { since, until: null, reason: `${name} makes its backups now`, by: actor.name };
  const found: StoredSchedule[] = [];
  for (const schedule of new Set(replaces)) {
    const before = await schedules.find({ cluster, schedule });
    if (!before) throw scheduleUnknown(schedule);
    if (!takesAllOf(one.spec, before.spec))
      throw specInvalid('replaces', whatIsLeft(name, schedule));
    const restsAlready = before.pause !== null && before.pause.until === null;
    if (!restsAlready) found.push({ ...before, pause, version: before.version + 1 });
  }
  return found;
}

const whatIsLeft = (name: string, other: string): string =>
  `${name} does not take all that ${other} takes. Add its namespaces, or let it go on`;

/** All of them, or none when somebody was faster with one. */
async function replaceAll(all: readonly StoredSchedule[], work: Db, needs: SchedulesNeeds) {
  for (const one of all)
    if (!(await needs.schedules.replace(one, work))) throw scheduleChanged(one.name, one.version);
}

type Editing = ScheduleAt & {
  spec: ScheduleSpec;
  version?: number | undefined;
  replaces: readonly string[];
} & Ticked;

/** Throws `schedules.changed` when somebody else was faster. */
export async function editSchedule(
  { spec, version, acceptWarnings, replaces, ...at }: Editing,
  actor: Actor,
  needs: SchedulesNeeds,
): Promise<Schedule> {
  const now = needs.clock().epochMilliseconds;
  assertUsable(spec, now);
  return needs.inTurn(async () => {
    const before = await needs.schedules.find(at);
    if (!before) throw scheduleUnknown(at.schedule);
    if (version !== undefined && version !== before.version)
      throw scheduleChanged(at.schedule, before.version);
    const after = replaced(before, spec, now);
    const resting = await restingFor(after, { replaces, actor }, needs);
    const checked = await check(after, { acceptWarnings, actor, replaces }, needs);
    await needs.schedules.together((work) => replaceAll([checked, ...resting], work, needs));
    for (const one of [checked, ...resting]) tellOf(one, needs);
    const history = (await needs.slots.histories(at.cluster)).get(at.schedule);
    return scheduleOf(checked, history ?? null, now);
  });
}

/** A new timetable counts from now: what the old one had left open is not made up for. */
export function replaced(before: StoredSchedule, spec: ScheduleSpec, now: number): StoredSchedule {
  const isSameTimetable = timetableKey(before.spec, now) === timetableKey(spec, now);
  return {
    ...before,
    spec,
    namespaces: spec.namespaces ?? 'all',
    version: before.version + 1,
    changedAt: now,
    handledAt: isSameTimetable ? before.handledAt : Math.max(before.handledAt, now),
  };
}

function timetableKey({ frequency, timezone }: ScheduleSpec, now: number): string {
  const found = timetableOf({ frequency, timezone }, now);
  return isFault(found) ? '' : JSON.stringify([frequency, found.zone]);
}

export function tellOf(
  { cluster, name, namespaces }: Pick<StoredSchedule, 'cluster' | 'name' | 'namespaces'>,
  { wake, publish }: Pick<SchedulesNeeds, 'wake' | 'publish'>,
): void {
  wake();
  publish({ type: 'changed', cluster, what: 'schedules', id: name }, namespaces);
}
