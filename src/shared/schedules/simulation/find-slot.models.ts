import type { SlotOption } from '../preview.contract.ts';
import { parseCron } from '../cron/cron-parse.models.ts';
import { cronSentence } from '../cron/cron-sentence.models.ts';
import { nextRun } from '../cron/cron.models.ts';
import { count } from '../../words/format.models.ts';
import { isOpen } from './is-open.models.ts';
import { loadAt, loadOf } from './load.models.ts';
import { movedTo } from './moved.models.ts';
import { frequencyAt, inWindow } from './quietest.models.ts';
import { shifted } from './shift.models.ts';
import { simulate } from './simulate.models.ts';
import { type Simulated, simulatedDays, type World } from './simulation.types.ts';

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
    .flatMap((one) => (one && one.load < now && isOpen(one.moved, world) ? [one] : []))
    .toSorted(
      (a, b) => a.load - b.load || Math.abs(a.offset) - Math.abs(b.offset) || a.offset - b.offset,
    );
  return farApart(better).map((one) => optionOf(one, { ...given, others, now }));
}

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
