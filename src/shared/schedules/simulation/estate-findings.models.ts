import { dayLength } from '../../time/lengths.models.ts';
import { count, spanOfSeconds } from '../../words/format.models.ts';
import { findingOf, type Found, momentInWords, remedyOf, timesInWords } from './finding.models.ts';
import type { LineUp } from './line-up.models.ts';
import type { Slots, Timeline } from './meetings.models.ts';
import { mergeable, mergeOf } from './merge.models.ts';
import { type Simulated, simulatedDays, type World } from './simulation.types.ts';

type Given = {
  schedules: readonly Simulated[];
  slots: Slots;
  starts: Timeline;
  world: World;
  only?: Simulated;
};

const spread = remedyOf({
  kind: 'stagger',
  label: 'Spread the start over 30 minutes',
  change: { jitter: '30m' },
});

/** So many that begin in one minute are too many at once. */
const stampedeOf = 10;

/** What goes wrong only because of all schedules together. */
export function estateFindings(lines: ReadonlyMap<Simulated, LineUp>, given: Given): Found[] {
  return [...overloaded(given), ...tooLate(lines, given), ...stampede(given)];
}

/** More work than time: the line only grows. */
function overloaded({ schedules, slots, only }: Given): Found[] {
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

function tooLate(lines: ReadonlyMap<Simulated, LineUp>, { only }: Given): Found[] {
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

function stampede(given: Given): Found[] {
  const { only } = given;
  const mine = crowdedMinutes(given).filter(({ who }) => !only || who.includes(only));
  const [first] = mine;
  if (!first) return [];
  const most = mine.reduce((largest, { who }) => Math.max(largest, who.length), 0);
  const { who } = first;
  const at = mine.map(({ minute }) => minute * 60_000);
  return [
    findingOf({
      kind: 'stampede',
      severity: 'warning',
      sentence: `Up to ${count(most, 'schedule')} begin in one minute, ${timesInWords(mine.length)}, first at ${momentInWords(at[0] ?? 0)}.`,
      schedules: only ? [only] : who.slice(0, 10),
      at,
      times: mine.length,
      remedies: () => [...(only ? mergeOf(only, mergeable(only, who, given)) : []), spread],
    }),
  ];
}

type Crowd = { minute: number; who: Simulated[] };

/** Minutes in which too many begin, in order, with who does. */
function crowdedMinutes({ schedules, starts }: Given): Crowd[] {
  const found: Crowd[] = [];
  for (let from = 0; from < starts.at.length;) {
    const minute = minuteAt(starts, from);
    let end = from + 1;
    while (end < starts.at.length && minuteAt(starts, end) === minute) end += 1;
    const who = end - from < stampedeOf ? [] : distinct(starts.index.subarray(from, end));
    if (who.length >= stampedeOf)
      found.push({ minute, who: who.flatMap((index) => schedules[index] ?? []) });
    from = end;
  }
  return found;
}

const minuteAt = ({ at }: Timeline, place: number): number => Math.floor((at[place] ?? 0) / 60_000);

const distinct = (indices: Iterable<number>): number[] => [...new Set(indices)];
