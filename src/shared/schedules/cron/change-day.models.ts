import { civilOf } from './civil.models.ts';
import { type CronIn, runsBetween } from './cron.models.ts';
import type { CronFields } from './cron.types.ts';
import { nextLocal } from './local-minutes.models.ts';
import { type Zone, zoneOf } from './zone.models.ts';

/**
 * What a change of clocks does to a schedule. `moved`: its time does not exist that day, and it comes at
 * another one; `leftOut`: it does not come; `first`, `second`: its time exists twice, and it comes the
 * first, or the second, time; `twice`: both times.
 */
export type ChangeEffect = 'moved' | 'leftOut' | 'first' | 'second' | 'twice';

export type ChangeDay = {
  /** The instant of the change, milliseconds since 1970. */
  at: number;
  effect: ChangeEffect;
  /** For the screen: the day, what the clocks do, and what becomes of the schedule. */
  sentence: string;
};

/** Two years of any zone, and more of none: Morocco changes four times a year. */
const mostChanges = 8;
const minutesPerDay = 1440;

/**
 * The next change of clocks that this schedule feels; null when none of the next eight does, or clocks
 * never change there. Throws RangeError for a zone that the runtime does not know.
 */
export function nextChangeDay(given: CronIn, after: number): ChangeDay | null {
  const { cron, zone } = given;
  if (cron.rule.kind !== 'fields') return null;
  const clocks = zoneOf(cron.zone ?? zone);
  if (!clocks) throw new RangeError(`There is no time zone ${cron.zone ?? zone}.`);
  let second = Math.floor(after / 1000);
  for (let looked = 0; looked < mostChanges; looked += 1) {
    const change = changeAfter(clocks, second);
    if (change === null) return null;
    const felt = effectOf(given, cron.rule, change);
    if (felt) return felt;
    second = change.at;
  }
  return null;
}

/** Seconds since 1970; `before` and `now`: what the clocks are ahead of UTC, in seconds. */
type Change = { at: number; before: number; now: number };

function changeAfter(zone: Zone, second: number): Change | null {
  const { until, offset } = zone.segment(second);
  if (until === Infinity) return null;
  return { at: until, before: offset, now: zone.segment(until).offset };
}

/** A zone may be renamed, or its rules change, without its clocks being touched: then nothing is felt. */
function effectOf(given: CronIn, fields: CronFields, change: Change): ChangeDay | null {
  const walls = [change.at + change.before, change.at + change.now].map((one) => one / 60);
  const [from, until] = [Math.min(...walls), Math.max(...walls)];
  const felt = wallTimes(fields, from, until);
  if (felt.length === 0) return null;
  return change.now > change.before
    ? effectOfGap(given, { change, felt, own: wallTimes(fields, until, 2 * until - from) })
    : effectOfRepeat(given, { change, felt, length: (until - from) * 60 });
}

/** Minutes on the wall that the fields name, from and up to but not including. */
function wallTimes(fields: CronFields, from: number, until: number): number[] {
  const found: number[] = [];
  for (let at = nextLocal(fields, Math.ceil(from)); at !== null && at < until;) {
    found.push(at);
    at = nextLocal(fields, at + 1);
  }
  return found;
}

/**
 * Velero's libraries find what a gap swallowed only when they look from before it, so the runs around a
 * change are found one from the other, as they come.
 */
const lookBack = 3 * 3_600_000;

function runsIn(given: CronIn, from: number, until: number): number[] {
  const runs = runsBetween(given, { after: from - lookBack, until: until - 1 });
  return [...runs].filter((run) => run >= from);
}

function effectOfGap(
  given: CronIn,
  /** `own`: times of the schedule that exist right after the gap. */
  { change, felt, own }: { change: Change; felt: number[]; own: number[] },
): ChangeDay {
  const length = (change.now - change.before) * 1000;
  const at = change.at * 1000;
  const other = runsIn(given, at, at + length)
    .map((run) => (run / 1000 + change.now) / 60)
    .find((wall) => !own.includes(wall));
  const [verb, whose] = felt.length === 1 ? ['does', 'its'] : ['do', 'their'];
  const what = `${sayChange(change)}: ${sayTimes(felt)} ${verb} not exist`;
  return other === undefined
    ? { at, effect: 'leftOut', sentence: `${what}, and nothing comes in ${whose} place.` }
    : { at, effect: 'moved', sentence: `${what}; it comes at ${clock(other)} instead.` };
}

function effectOfRepeat(
  given: CronIn,
  { change, felt, length }: { change: Change; felt: number[]; length: number },
): ChangeDay {
  const at = change.at * 1000;
  const runs = runsIn(given, at - length * 1000, at + length * 1000);
  const [first, second] = [runs.some((run) => run < at), runs.some((run) => run >= at)];
  const what = `${sayTimes(felt)} ${felt.length === 1 ? 'exists' : 'exist'} twice`;
  const effects = {
    twice: 'it comes both times',
    first: 'it comes the first time',
    second: 'it comes the second time',
    leftOut: 'it does not come',
  };
  const once = first ? 'first' : second ? 'second' : 'leftOut';
  const effect = first && second ? 'twice' : once;
  return { at, effect, sentence: `${sayChange(change)}: ${what}; ${effects[effect]}.` };
}

function sayChange({ at, before, now }: Change): string {
  const [old, next] = [(at + before) / 60, (at + now) / 60];
  const { year, month, day } = civilOf(Math.floor(old / minutesPerDay));
  const name = `${year}-${two(month)}-${two(day)}`;
  return `On ${name} clocks go ${now > before ? 'forward' : 'back'} from ${clock(old)} to ${clock(next)}`;
}

const sayTimes = (walls: readonly number[]): string => {
  const [first = 0] = walls;
  const last = walls.at(-1) ?? first;
  return first === last
    ? clock(first)
    : `${walls.length} times from ${clock(first)} to ${clock(last)}`;
};

const two = (value: number): string => String(value).padStart(2, '0');

/** 24 hours: what a change of clocks is about are single minutes. */
const clock = (wall: number): string => {
  const minute = ((Math.floor(wall) % minutesPerDay) + minutesPerDay) % minutesPerDay;
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
};
