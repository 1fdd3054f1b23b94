import { count, spanOfSeconds } from '../../words/format.models.ts';
import type { Finding } from '../preview.contract.ts';
import { findingOf, momentInWords, remedyOf, timesInWords } from './finding.models.ts';
import type { LineUp } from './line-up.models.ts';
import { type Slots, timeline } from './meetings.models.ts';
import { mergeable, mergeOf } from './merge.models.ts';
import { dayLength, type Simulated, simulatedDays } from './simulation.types.ts';

type Given = { schedules: readonly Simulated[]; slots: Slots; only?: Simulated };

const spread = remedyOf({
  kind: 'stagger',
  label: 'Spread the start over 30 minutes',
  change: { jitter: '30m' },
});

/** So many that begin in one minute are too many at once. */
const stampedeOf = 10;

/** What goes wrong only because of all schedules together. */
export function estateFindings(lines: ReadonlyMap<Simulated, LineUp>, given: Given): Finding[] {
  return [...overloaded(given), ...tooLate(lines, given), ...stampede(given)];
}

/** More work than time: the line only grows. */
function overloaded({ schedules, slots, only }: Given): Finding[] {
  const busy = schedules.reduce(
    (sum, one) => sum + one.duration.p50 * (slots.get(one)?.length ?? 0),
    0,
  );
  const share = busy / (simulatedDays * dayLength);
  if (share <= 1 || schedules.length < 2 || (only && (slots.get(only)?.length ?? 0) === 0))
    return [];
  const isAssumed = schedules.some(({ duration }) => duration.assumed);
  return [
    findingOf({
      kind: 'overCapacity',
      severity: isAssumed ? 'warning' : 'error',
      sentence: `All schedules together need ${spanOfSeconds(Math.round((share * dayLength) / 1000))} of each day, and a cluster is backed up by one run at a time: the line only grows.`,
      schedules: only ? [only] : schedules.slice(0, 5),
    }),
  ];
}

function tooLate(lines: ReadonlyMap<Simulated, LineUp>, { only }: Given): Finding[] {
  return [...lines].flatMap(([schedule, { waits, longest, at }]) => {
    const [first] = at;
    if (first === undefined || (only && schedule !== only)) return [];
    const most = spanOfSeconds(Math.round(longest / 1000));
    return [
      findingOf({
        kind: 'overCapacity',
        severity: 'warning',
        sentence: `${schedule.name} waits for other backups of the cluster ${timesInWords(waits)}, up to ${most}, first at ${momentInWords(first)}.`,
        schedules: [schedule],
        at,
        times: waits,
      }),
    ];
  });
}

function stampede({ schedules, slots, only }: Given): Finding[] {
  const minutes = Map.groupBy(timeline(schedules, slots), ({ at }) => Math.floor(at / 60_000));
  const crowded = [...minutes].filter(([, some]) => distinct(some) >= stampedeOf);
  const mine = only
    ? crowded.filter(([, some]) => some.some(({ index }) => schedules[index] === only))
    : crowded;
  const [first] = mine;
  if (!first) return [];
  const most = mine.reduce((largest, [, some]) => Math.max(largest, distinct(some)), 0);
  const who = [...new Set(first[1].map(({ index }) => schedules[index]))].flatMap(
    (one) => one ?? [],
  );
  const at = mine.map(([minute]) => minute * 60_000);
  return [
    findingOf({
      kind: 'stampede',
      severity: 'warning',
      sentence: `Up to ${count(most, 'schedule')} begin in one minute, ${timesInWords(mine.length)}, first at ${momentInWords(at[0] ?? 0)}.`,
      schedules: only ? [only] : who.slice(0, 10),
      at,
      times: mine.length,
      remedies: [...(only ? mergeOf(only, mergeable(only, who, slots)) : []), spread],
    }),
  ];
}

const distinct = (some: readonly { index: number }[]): number =>
  new Set(some.map(({ index }) => index)).size;
