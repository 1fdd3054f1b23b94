import { dayLength } from '../../time/lengths.models.ts';
import { closedAt, isForEver } from '../blackouts.models.ts';
import { nextChangeDay } from '../cron/change-day.models.ts';
import type { Remedy } from '../preview.contract.ts';
import {
  findingOf,
  type Found,
  lengthInWords,
  momentInWords,
  remedyOf,
  timesInWords,
} from './finding.models.ts';
import { isOpen } from './is-open.models.ts';
import { longerInterval } from './longer-interval.models.ts';
import { movedTo } from './moved.models.ts';
import { gapsOf, lookedAt } from './occurrences.models.ts';
import { shifted } from './shift.models.ts';
import { type Simulated, simulatedDays, type World } from './simulation.types.ts';
import { widerWindow } from './wider-window.models.ts';

/** What is the matter with when it comes. */
export const timingFindings = (one: Simulated, slots: readonly number[], world: World): Found[] => [
  ...selfOverlap(one, slots),
  ...blackout(one, slots, world),
  ...cutOff(one, slots, world),
  ...clockChange(one, world),
];

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
      sentence: `${one.name} runs every ${lengthInWords(gap)} and ${usually} ${lengthInWords(isError ? duration.p50 : duration.p90)}: ${what}.`,
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

/** What comes too often is not looked at for all 14 days: that is said, not passed over. */
function cutOff(one: Simulated, slots: readonly number[], { now }: World): Found[] {
  const { until } = lookedAt(one, slots, now);
  if (until >= now + simulatedDays * dayLength) return [];
  return [
    findingOf({
      kind: 'cutOff',
      severity: 'info',
      sentence: `${one.name} comes so often that only its next ${lengthInWords(until - now)} were checked.`,
      schedules: [one],
    }),
  ];
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
