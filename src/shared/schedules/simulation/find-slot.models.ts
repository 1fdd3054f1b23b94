import type { SlotOption } from '../preview.contract.ts';
import { parseCron } from '../cron/cron-parse.models.ts';
import { cronSentence } from '../cron/cron-sentence.models.ts';
import { nextRun } from '../cron/cron.models.ts';
import { cronInWindow, lengthOf } from '../window.models.ts';
import { count } from '../../words/format.models.ts';
import { slotsOf } from './occurrences.models.ts';
import { shifted } from './shift.models.ts';
import { simulate } from './simulate.models.ts';
import { dayLength, type Simulated, simulatedDays, type World } from './simulation.types.ts';

const minute = 60_000;
const horizon = simulatedDays * dayLength;
/** Options that lie nearer to each other than this are one. */
const apart = 30;
const mostOptions = 3;

type Given = { schedules: readonly Simulated[]; world: World; mover: Simulated };
type Candidate = { frequency: string; moved: Simulated; offset: number; load: number };

/**
 * Up to three quieter times, the best first: where the other schedules leave most room, then nearest to
 * the wish. Empty: the expression has no single time to move, or nothing is better.
 */
export function findSlots(given: Given): SlotOption[] {
  const { mover, world } = given;
  const others = given.schedules.filter((one) => one !== mover);
  const loads = loadOf(others, world);
  const now = loadAt(mover, loads, world);
  const better = candidatesOf(mover)
    .map(({ frequency, offset }) => candidate(given, loads, { frequency, offset }))
    .flatMap((one) => (one && one.load < now ? [one] : []))
    .toSorted(
      (a, b) => a.load - b.load || Math.abs(a.offset) - Math.abs(b.offset) || a.offset - b.offset,
    );
  return farApart(better).map((one) => optionOf(one, { ...given, others, now }));
}

/** The quietest minute of a window, counted from its beginning; the earliest of equals, with the reason. */
export function quietestIn(given: Given): { minutesIn: number; load: number } {
  const { mover, world } = given;
  const loads = loadOf(
    given.schedules.filter((one) => one !== mover),
    world,
  );
  const options = inWindow(mover).map((minutesIn) => ({
    minutesIn,
    load: loadOfFrequency(mover, frequencyAt(mover, minutesIn), { loads, world }) ?? Infinity,
  }));
  const [best = { minutesIn: 0, load: 0 }] = options.toSorted(
    (a, b) => a.load - b.load || a.minutesIn - b.minutesIn,
  );
  return best;
}

function inWindow({ frequency, duration }: Simulated): number[] {
  if (typeof frequency === 'string') return [];
  const length = lengthOf(frequency);
  const room = Math.max(1, length - Math.ceil(duration.p90 / minute));
  return Array.from({ length: Math.ceil(room / 5) }, (_, step) => step * 5);
}

const frequencyAt = ({ frequency }: Simulated, minutesIn: number): string =>
  typeof frequency === 'string' ? frequency : cronInWindow(frequency, minutesIn);

function candidatesOf(mover: Simulated): { frequency: string; offset: number }[] {
  if (typeof mover.frequency !== 'string')
    return inWindow(mover).map((offset) => ({ frequency: frequencyAt(mover, offset), offset }));
  const isHourly = /^(?:(?:CRON_)?TZ=\S+\s+)?(@hourly|\d+\s+\*)/.test(mover.frequency.trim());
  const [reach, step] = isHourly ? [29, 1] : [360, 10];
  const found: { frequency: string; offset: number }[] = [];
  for (let offset = -reach; offset <= reach; offset += 1) {
    if (offset === 0 || offset % step !== 0) continue;
    const frequency = shifted(mover.frequency, offset);
    if (frequency !== null) found.push({ frequency, offset });
  }
  return found;
}

/** How many runs of others go on in each minute of the 14 days, and where nothing may begin. */
function loadOf(others: readonly Simulated[], world: World): Uint16Array {
  const loads = new Uint16Array(horizon / minute + 1);
  for (const other of others)
    for (const at of slotsOf(other, world.now))
      addTo(loads, { from: at - world.now, length: other.duration.p90, by: 1 });
  for (const { from, until } of world.blackouts)
    addTo(loads, { from: from - world.now, length: until - from, by: closed });
  return loads;
}

/** A minute in which nothing may begin counts as this many runs. */
const closed = 100;

function addTo(
  loads: Uint16Array,
  { from, length, by }: { from: number; length: number; by: number },
): void {
  const last = Math.min(loads.length - 1, Math.floor((from + Math.max(length, 1) - 1) / minute));
  for (let at = Math.max(0, Math.floor(from / minute)); at <= last; at += 1)
    loads[at] = (loads[at] ?? 0) + by;
}

function loadAt(one: Simulated, loads: Uint16Array, { now }: World): number {
  let load = 0;
  for (const at of slotsOf(one, now)) {
    const last = Math.floor((at - now + Math.max(one.duration.p90, 1) - 1) / minute);
    for (let place = Math.floor((at - now) / minute); place <= last; place += 1)
      load += loads[place] ?? 0;
  }
  return load;
}

function movedTo(mover: Simulated, frequency: string): Simulated | null {
  const parsed = parseCron(frequency, 'calendar');
  if (!parsed.ok || mover.timetable === null) return null;
  return { ...mover, frequency, timetable: { ...mover.timetable, cron: parsed.cron } };
}

function loadOfFrequency(
  mover: Simulated,
  frequency: string,
  { loads, world }: { loads: Uint16Array; world: World },
): number | null {
  const moved = movedTo(mover, frequency);
  return moved && loadAt(moved, loads, world);
}

function candidate(
  { mover, world }: Given,
  loads: Uint16Array,
  { frequency, offset }: { frequency: string; offset: number },
): Candidate | null {
  const moved = movedTo(mover, frequency);
  return moved && { frequency, moved, offset, load: loadAt(moved, loads, world) };
}

function farApart(sorted: readonly Candidate[]): Candidate[] {
  const chosen: Candidate[] = [];
  const nearest = sorted.some(({ offset }) => Math.abs(offset) > apart) ? apart : 5;
  for (const one of sorted) {
    if (chosen.length === mostOptions) break;
    if (chosen.every(({ offset }) => Math.abs(offset - one.offset) >= nearest)) chosen.push(one);
  }
  return chosen;
}

function optionOf(
  { frequency, moved, load }: Candidate,
  { schedules, others, world, mover, now }: Given & { others: readonly Simulated[]; now: number },
): SlotOption {
  const problems = (all: readonly Simulated[], only: Simulated) =>
    simulate({ schedules: all, world, only }).filter(({ severity }) => severity !== 'info').length;
  const before = problems(schedules, mover);
  const after = problems([...others, moved], moved);
  const parsed = parseCron(frequency, 'calendar');
  const next = moved.timetable === null ? null : nextRun(moved.timetable, world.now);
  return {
    frequency,
    words: parsed.ok ? cronSentence(parsed.cron) : frequency,
    next: new Date(next ?? world.now).toISOString(),
    effect: `In ${simulatedDays} days it runs beside others for ${count(load, 'minute')} instead of ${count(now, 'minute')}; ${count(before, 'finding')} before, ${after} after.`,
    findingsBefore: before,
    findingsAfter: after,
  };
}
