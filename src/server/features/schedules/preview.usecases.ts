import { nextChangeDay } from '#shared/schedules/cron/change-day.models.ts';
import { dialectDifferences } from '#shared/schedules/cron/dialect-differences.models.ts';
import { upcomingRuns } from '#shared/schedules/cron/upcoming-runs.models.ts';
import type { Preview, SlotOption } from '#shared/schedules/preview.contract.ts';
import { retentionOutlook } from '#shared/schedules/retention/outlook.models.ts';
import { policyOf, retentionInWords } from '#shared/schedules/retention/policy.models.ts';
import { planRetention } from '#shared/schedules/retention/retention.models.ts';
import type { RetentionPoint } from '#shared/schedules/retention/retention.types.ts';
import { reasonInWords } from '#shared/schedules/retention/retention-words.models.ts';
import type { ScheduleSpec } from '#shared/schedules/schedule.contract.ts';
import { findSlots } from '#shared/schedules/simulation/find-slot.models.ts';
import { frequencyInWords, type Timetable } from '#shared/schedules/timetable.models.ts';
import type { Actor } from '../../platform/actor.ts';
import { scheduleNameOf } from './names.models.ts';
import { pickIn } from './pick.ts';
import type { StoredSchedule } from './schedules.rows.ts';
import type { SchedulesNeeds } from './schedules.types.ts';
import { candidateIn, findingsOf } from './simulation.ts';
import { newSchedule } from './save.usecases.ts';
import { timetableOfStored } from './slot-run.models.ts';
import { assertUsable, faultOf } from './spec.ts';
import { pickedOf } from './view.models.ts';

type Asked = {
  cluster: string;
  name?: string | undefined;
  spec: ScheduleSpec;
  replaces: readonly string[];
};

const shownSlots = 10;
const iso = (at: number): string => new Date(at).toISOString();

/** What it would do, without saving anything. A frequency that cannot be used is an answer too. */
export async function previewSchedule(
  asked: Asked,
  actor: Actor,
  needs: SchedulesNeeds,
): Promise<Preview> {
  const now = needs.clock().epochMilliseconds;
  await needs.assertKnown(asked.cluster);
  const reach = actor.namespacesWith('schedules:read', asked.cluster);
  const { schedule: first, isKnown } = await candidateOf(asked, actor, needs);
  const fault = faultOf(asked.spec, now);
  if (fault !== null) return unusable(first, fault);
  const { replaces } = asked;
  const { picked: candidate, among } = await pickIn(first, { reach, replaces, isKnown }, needs);
  const timetable = timetableOfStored(candidate, now);
  const { p50, p90, assumed } = among.mover.duration;
  return {
    error: null,
    name: candidate.name,
    zone: timetable?.zone ?? candidate.spec.timezone,
    ...wordsOf(candidate),
    picked: pickedOf(candidate),
    ...(timetable ? timesOf(candidate, timetable, now) : noTimes),
    findings: findingsOf(among),
    retention: retentionOf(candidate, {
      timetable,
      now,
      points: isKnown
        ? await needs.pointsOf({ cluster: asked.cluster, schedule: candidate.name })
        : [],
    }),
    duration: { p50: Math.round(p50), p90: Math.round(p90), assumed },
  };
}

/**
 * As if it had been saved: with what is known of the one that is edited. `isKnown`: there is one, and this
 * person may see it; of another one with that name nothing is told, neither its backups nor their size.
 */
async function candidateOf(
  { cluster, name = '', spec }: Omit<Asked, 'replaces'>,
  actor: Actor,
  needs: SchedulesNeeds,
): Promise<{ schedule: StoredSchedule; isKnown: boolean }> {
  const now = needs.clock().epochMilliseconds;
  const reach = actor.namespacesWith('schedules:read', cluster);
  const before = await needs.schedules.find({ cluster, schedule: name });
  if (before && needs.isVisible(before.namespaces, reach))
    return { schedule: { ...before, spec }, isKnown: true };
  const called = name || (await usualName({ cluster, spec }, needs));
  const schedule = newSchedule({ cluster, name: called, spec, createdBy: actor.name, now });
  return { schedule, isKnown: false };
}

async function usualName(
  { cluster, spec }: Pick<Asked, 'cluster' | 'spec'>,
  needs: SchedulesNeeds,
) {
  const known = new Set(await needs.schedules.namesOf(cluster));
  return scheduleNameOf(spec.frequency, (one) => known.has(one));
}

const noTimes: Pick<Preview, 'next' | 'changeDay' | 'differences'> = {
  next: [],
  changeDay: null,
  differences: [],
};

function unusable(
  { name, spec }: StoredSchedule,
  { field, error }: NonNullable<ReturnType<typeof faultOf>>,
): Preview {
  const { message, from, to, suggestion } = error;
  return {
    ...noTimes,
    error: { field, message, from, to, suggestion },
    name,
    words: '',
    zone: spec.timezone,
    retentionWords: retentionInWords(spec.retention),
    picked: null,
    findings: [],
    retention: { decisions: [], remove: 0, asks: null, outlook: [] },
    duration: { p50: 0, p90: 0, assumed: true },
  };
}

const wordsOf = ({ spec, minutesIn }: StoredSchedule) => ({
  words: frequencyInWords({ frequency: spec.frequency, timezone: spec.timezone, minutesIn }),
  retentionWords: retentionInWords(spec.retention),
});

function timesOf({ spec }: StoredSchedule, timetable: Timetable, now: number) {
  const change = nextChangeDay(timetable, now);
  const { cron, zone } = timetable;
  const { text, dialect } = cron;
  return {
    next: upcomingRuns(timetable, { after: now, count: shownSlots }).map(({ at, mark }) => ({
      at: iso(at),
      mark,
    })),
    changeDay: change && { ...change, at: iso(change.at) },
    differences:
      typeof spec.frequency === 'string'
        ? dialectDifferences({ text, dialect, zone }, now).map(({ sentence }) => sentence)
        : [],
  };
}

type Looking = {
  timetable: Timetable | null;
  now: number;
  points: readonly RetentionPoint[];
};

function retentionOf(
  { spec }: StoredSchedule,
  { timetable, now, points }: Looking,
): Preview['retention'] {
  const policy = policyOf(spec.retention);
  const zone = timetable?.zone ?? 'UTC';
  const plan = policy === null ? keepAll(points) : planRetention({ points, policy, now, zone });
  return {
    decisions: plan.decisions.slice(0, mostDecisions).map(({ id, at, reasons }) => ({
      id,
      at: iso(at),
      keep: reasons.length > 0,
      reasons: reasons.map(reasonInWords),
    })),
    remove: plan.remove.length,
    asks: plan.asks,
    outlook: timetable ? retentionOutlook({ points, policy, timetable, now }) : [],
  };
}

const mostDecisions = 1000;

const keepAll = (points: readonly RetentionPoint[]): ReturnType<typeof planRetention> => ({
  decisions: points.map(({ id, at }) => ({
    id,
    at,
    reasons: [{ kind: 'guard', guard: 'forEver' }],
  })),
  remove: [],
  asks: null,
});

/** Better times for it; throws when it cannot be used at all. */
export async function findSlotFor(
  asked: Omit<Asked, 'replaces'>,
  actor: Actor,
  needs: SchedulesNeeds,
): Promise<{ options: SlotOption[] }> {
  assertUsable(asked.spec, needs.clock().epochMilliseconds);
  await needs.assertKnown(asked.cluster);
  const reach = actor.namespacesWith('schedules:read', asked.cluster);
  const { schedule, isKnown } = await candidateOf(asked, actor, needs);
  const around = { reach, replaces: [], isKnown };
  const { simulated, world, mover } = await candidateIn(schedule, around, needs);
  return { options: findSlots({ schedules: simulated, world, mover }) };
}
