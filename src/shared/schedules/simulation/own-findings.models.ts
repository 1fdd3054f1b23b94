import { nextChangeDay } from '../cron/change-day.models.ts';
import { closedAt, isForEver } from '../blackouts.models.ts';
import type { Remedy } from '../preview.contract.ts';
import { nextRun } from '../cron/cron.models.ts';
import { before } from '../retention/retention-span.models.ts';
import { retentionRules, type RetentionSpan } from '../retention/retention.types.ts';
import { count, figure, size, spanOfSeconds } from '../../words/format.models.ts';
import { findingOf, type Found, momentInWords, remedyOf, timesInWords } from './finding.models.ts';
import { longerInterval } from './longer-interval.models.ts';
import { isOpen } from './is-open.models.ts';
import { movedTo } from './moved.models.ts';
import { gapsOf, lookedAt } from './occurrences.models.ts';
import { shifted } from './shift.models.ts';
import { dayLength, type Simulated, simulatedDays, type World } from './simulation.types.ts';
import { widerWindow } from './wider-window.models.ts';

/** What is the matter with a schedule even if it were alone. */
export function ownFindings(one: Simulated, slots: readonly number[], world: World): Found[] {
  if (one.fault !== null || one.timetable === null) return [unusable(one)];
  return [
    ...selfOverlap(one, slots),
    ...blackout(one, slots, world),
    ...keptTooShort(one, slots, world),
    ...rpoMissed(one, slots, world),
    ...tooMany(one, slots, world),
    ...cutOff(one, slots, world),
    ...place(one, slots, world),
    ...clockChange(one, world),
  ];
}

function unusable(one: Simulated): Found {
  const message = one.fault?.message ?? 'Its frequency cannot be read.';
  const kind = message.startsWith('It never comes') ? 'neverFires' : 'invalid';
  return findingOf({
    kind,
    severity: 'error',
    sentence: `${one.name}: ${message}`,
    schedules: [one],
  });
}

const long = (milliseconds: number): string => spanOfSeconds(Math.round(milliseconds / 1000));

function selfOverlap(one: Simulated, slots: readonly number[]): Found[] {
  const { duration } = one;
  const gap = gapsOf(slots)?.shortest;
  if (gap === undefined || duration.p90 <= gap) return [];
  const isError = duration.p50 > gap && !duration.assumed;
  const usually = isError ? 'usually takes' : duration.assumed ? 'may take' : 'sometimes takes';
  const what = one.overlap === 'skip' ? 'slots are skipped then' : 'one run waits then';
  return [
    findingOf({
      kind: 'selfOverlap',
      severity: isError ? 'error' : 'warning',
      sentence: `${one.name} runs every ${long(gap)} and ${usually} ${long(isError ? duration.p50 : duration.p90)}: ${what}.`,
      schedules: [one],
      at: slots.slice(0, 5),
      times: slots.length,
      remedies: () => longerInterval(one),
    }),
  ];
}

function blackout(one: Simulated, slots: readonly number[], world: World): Found[] {
  const inside = slots.flatMap((at) => {
    const found = closedAt(world.blackouts, at);
    return found ? [{ at, found }] : [];
  });
  const [first] = inside;
  if (!first) return [];
  const at = inside.map((slot) => slot.at);
  const { found } = first;
  const never = isForEver(found, first.at);
  return [
    findingOf({
      kind: 'blackout',
      severity: never ? 'error' : 'warning',
      sentence: never
        ? `${one.name} would never begin: blackouts leave no time (${found.reason}).`
        : `${one.name} is due ${timesInWords(inside.length)} while nothing may begin (${found.reason}), first at ${momentInWords(first.at)}: it waits until that is over.`,
      schedules: [one],
      at,
      times: inside.length,
      remedies: () => (never ? [] : outOf(one, { at: first.at, until: found.until, world })),
    }),
  ];
}

/** To the end of the blackout where that leads into no other, or a window that stays open until then. */
function outOf(
  one: Simulated,
  { at, until, world }: { at: number; until: number; world: World },
): Remedy[] {
  if (typeof one.frequency !== 'string') return widerWindow({ mover: one, schedules: [], world });
  const frequency = shifted(one.frequency, Math.ceil((until - at) / 60_000));
  const moved = frequency === null ? null : movedTo(one, frequency);
  if (frequency === null || moved === null || !isOpen(moved, world)) return [];
  const label = 'Move it to the end of the blackout';
  return [remedyOf({ kind: 'shift', label, change: { frequency } })];
}

/** Rules that hold a point by itself keep more than the time says. */
const countsOf = ({ retention }: Simulated): number =>
  retentionRules.reduce(
    (sum, rule) => (rule === 'within' ? sum : sum + (retention?.[rule] ?? 0)),
    0,
  );

function keptTooShort(one: Simulated, slots: readonly number[], { now }: World): Found[] {
  const { retention } = one;
  if (retention === null) return [];
  const counts = countsOf(one);
  if (counts === 0 && retention.within === undefined)
    return [
      findingOf({
        kind: 'keptTooShort',
        severity: 'error',
        sentence: `${one.name} would keep nothing: its retention has no rule.`,
        schedules: [one],
      }),
    ];
  const gap = longestGap(one, slots, now);
  if (counts > 0 || retention.within === undefined || gap === undefined) return [];
  const within = now - before(now, retention.within, 'UTC');
  if (within >= gap) return [];
  const days = Math.max(1, Math.ceil((gap * 2) / dayLength));
  return [
    findingOf({
      kind: 'keptTooShort',
      severity: 'warning',
      sentence: `${one.name} keeps its backups for ${long(within)}, shorter than the ${long(gap)} between two slots: there is never more than one restore point.`,
      schedules: [one],
      remedies: () => [
        remedyOf({
          kind: 'keepLonger',
          label: `Keep them for ${count(days, 'day')}`,
          change: { retention: `${days}d` },
        }),
      ],
    }),
  ];
}

/** Also between the last slot and the first after the 14 days, which say nothing of a rare schedule. */
function longestGap({ timetable, jitter }: Simulated, slots: readonly number[], now: number) {
  if (timetable === null) return undefined;
  const last = slots.at(-1);
  const from = last === undefined ? nextRun(timetable, now) : last - jitter;
  const next = from === null ? null : nextRun(timetable, from);
  const hole = from === null || next === null ? 0 : next - from;
  return Math.max(hole, gapsOf(slots)?.longest ?? 0) || undefined;
}

function rpoMissed(one: Simulated, slots: readonly number[], { now }: World): Found[] {
  const gap = longestGap(one, slots, now);
  const { targetRpo, duration } = one;
  if (targetRpo === null || gap === undefined || gap + duration.p90 <= targetRpo * 1.01) return [];
  if (gap <= targetRpo && duration.assumed) return [];
  return [
    findingOf({
      kind: 'rpoMissed',
      severity: 'warning',
      sentence: `${one.name} may lose at most ${long(targetRpo)}, but up to ${long(gap + duration.p90)} lie between two restore points.`,
      schedules: [one],
    }),
  ];
}

/** So many restore points at once help nobody, and each makes the repository slower. */
const mostKept = 10_000;

function tooMany(one: Simulated, slots: readonly number[], { now }: World): Found[] {
  const { retention } = one;
  if (slots.length < 2 || (retention !== null && retention.within === undefined)) return [];
  const within = retention?.within;
  const length = within ? spanLength(within) : 365 * dayLength;
  const from = Math.max(now, one.pausedUntil ?? now);
  const kept = (slots.length * length) / (lookedAt(one, slots, now).until - from);
  if (kept <= mostKept) return [];
  const when = within ? 'at once' : 'after a year';
  return [
    findingOf({
      kind: 'tooMany',
      severity: 'warning',
      sentence: `${one.name} would keep about ${figure(Math.round(kept))} backups ${when}: let it run less often, or keep fewer with rules such as hourly 24, daily 7.`,
      schedules: [one],
    }),
  ];
}

const spanLength = ({ years, months, days, hours }: RetentionSpan): number =>
  (years * 365 + months * 30 + days) * dayLength + hours * 3_600_000;

/** What comes too often is not looked at for all 14 days: that is said, not passed over. */
function cutOff(one: Simulated, slots: readonly number[], { now }: World): Found[] {
  const { until } = lookedAt(one, slots, now);
  if (until >= now + simulatedDays * dayLength) return [];
  return [
    findingOf({
      kind: 'cutOff',
      severity: 'info',
      sentence: `${one.name} comes so often that only its next ${long(until - now)} were checked.`,
      schedules: [one],
    }),
  ];
}

function place(one: Simulated, slots: readonly number[], { location, namespaces }: World): Found[] {
  const found: Found[] = [];
  if (location.state === 'unavailable' || location.state === 'readOnly')
    found.push(
      findingOf({
        kind: 'locationUnavailable',
        severity: 'warning',
        sentence: `${location.name} ${location.state === 'readOnly' ? 'takes no writes' : 'cannot be reached'} now: until it does, runs of ${one.name} fail.`,
        schedules: [one],
      }),
    );
  const gone = goneOf(one, namespaces);
  if (gone.length > 0)
    found.push(
      findingOf({
        kind: 'namespaceGone',
        severity: 'warning',
        sentence: `${one.name} names ${gone.slice(0, 3).join(', ')}${gone.length > 3 ? ` and ${gone.length - 3} more` : ''}, which ${gone.length === 1 ? 'is' : 'are'} not in the cluster.`,
        schedules: [one],
      }),
    );
  const added = one.bytesPerRun === null ? 0 : one.bytesPerRun * slots.length;
  if (location.free !== null && added > location.free)
    found.push(
      findingOf({
        kind: 'storage',
        severity: 'warning',
        sentence: `${one.name} adds about ${size(added)} in ${simulatedDays} days; ${location.name} has ${size(location.free)} left.`,
        schedules: [one],
      }),
    );
  return found;
}

function goneOf({ namespaces }: Simulated, there: readonly string[] | null): readonly string[] {
  if (namespaces === 'all' || there === null) return [];
  const known = new Set(there);
  return namespaces.filter((name) => !known.has(name));
}

function clockChange(one: Simulated, { now }: World): Found[] {
  const change = one.timetable && nextChangeDay(one.timetable, now);
  if (!change || change.at > now + simulatedDays * dayLength) return [];
  return [
    findingOf({
      kind: 'clockChange',
      severity: change.effect === 'leftOut' ? 'warning' : 'info',
      sentence: `${one.name}: ${change.sentence}`,
      schedules: [one],
      at: [change.at],
    }),
  ];
}
