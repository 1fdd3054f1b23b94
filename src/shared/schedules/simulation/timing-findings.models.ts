import { dayLength } from '../../time/lengths.models.ts';
import { nextChangeDay } from '../cron/change-day.models.ts';
import { findingOf, type Found, lengthInWords } from './finding.models.ts';
import { longerInterval } from './longer-interval.models.ts';
import { gapsOf, lookedAt } from './occurrences.models.ts';
import { type Simulated, simulatedDays, type World } from './simulation.types.ts';

/** What is the matter with when it comes. */
export const timingFindings = (one: Simulated, slots: readonly number[], world: World): Found[] => [
  ...selfOverlap(one, slots),
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
