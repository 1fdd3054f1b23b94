import { matchesDay } from './cron-days.models.ts';
import type { CronDialect, CronFields } from './cron.types.ts';
import { daysOf } from './civil.models.ts';
import { includes } from './field-set.models.ts';
import {
  type GoTime,
  addDate,
  addSeconds,
  goDate,
  goTime,
  truncateMinute,
} from './go-time.models.ts';
import { nextLocal } from './local-minutes.models.ts';
import type { Zone } from './zone.models.ts';

type Walk = { fields: CronFields; dialect: CronDialect; at: GoTime; added: boolean; limit: number };

/** Both libraries give up in the sixth year. */
const searchYears = 5;
/** Away from a change of clocks by so much, the libraries' steps and plain arithmetic agree. */
const quietSeconds = 2 * 86_400;

/**
 * The next slot as robfig/cron v3.0.1 and netresearch/go-cron v0.15.0 find it (`SpecSchedule.Next`),
 * with what they do when clocks change. Null where they answer the zero time.
 */
export function nextOfGo(
  { fields, dialect }: Pick<Walk, 'fields' | 'dialect'>,
  after: number,
  zone: Zone,
): number | null {
  if (fields.minutes.values.length === 0 || fields.hours.values.length === 0) return null;
  const quick = quickly(fields, after, zone);
  if (quick !== undefined) return quick;
  const at = goTime(Math.floor(after) + 1, zone);
  const walk = { fields, dialect, at, added: false, limit: at.year + searchYears };
  for (;;) {
    if (walk.at.year > walk.limit) return null;
    const wrapped =
      toMonth(walk) || toDay(walk) || toHour(walk) || toMinute(walk) || toSecond(walk);
    if (!wrapped) return walk.at.at;
  }
}

/** Where no change of clocks is near; undefined: walk. */
function quickly(fields: CronFields, after: number, zone: Zone): number | undefined {
  const { from, until, offset } = zone.segment(after);
  if (after - from < quietSeconds) return undefined;
  const local = nextLocal(fields, Math.floor((after + offset) / 60) + 1);
  if (local === null) return undefined;
  const at = local * 60 - offset;
  const isFar = at > until - quietSeconds || at - after > searchYears * 365 * 86_400;
  return isFar ? undefined : at;
}

/** Each step answers whether a larger field ran over, so that all is looked at again. */
function toMonth(walk: Walk): boolean {
  while (((walk.fields.months >>> walk.at.month) & 1) === 0) {
    begin(walk, ({ year, month, zone }) => goDate({ year, month, day: 1 }, zone));
    walk.at = addDate(walk.at, { months: 1 });
    if (walk.at.month === 1) return true;
  }
  return false;
}

function toDay(walk: Walk): boolean {
  while (!matchesDay(walk.fields, daysOf(walk.at))) {
    begin(walk, ({ year, month, day, zone }) => goDate({ year, month, day }, zone));
    walk.at = backToMidnight(addDate(walk.at, { days: 1 }));
    if (walk.at.day === 1) return true;
  }
  return false;
}

/** "Notice if the hour is no longer midnight due to DST." */
function backToMidnight(at: GoTime): GoTime {
  if (at.hour === 0) return at;
  return addSeconds(at, (at.hour > 12 ? 24 - at.hour : -at.hour) * 3600);
}

function toHour(walk: Walk): boolean {
  const { hours } = walk.fields;
  while (!includes(hours, walk.at.hour)) {
    begin(walk, ({ year, month, day, hour, zone }) => goDate({ year, month, day, hour }, zone));
    const before = walk.at.hour;
    walk.at = addSeconds(walk.at, 3600);
    // go-cron runs what a gap swallowed right after it.
    const skipped = walk.at.hour - before === 2 && includes(hours, walk.at.hour - 1);
    if (skipped && walk.dialect === 'go-cron') return false;
    if (walk.at.hour === 0) return true;
  }
  return false;
}

function toMinute(walk: Walk): boolean {
  while (!includes(walk.fields.minutes, walk.at.minute)) {
    begin(walk, truncateMinute);
    walk.at = addSeconds(walk.at, 60);
    if (walk.at.minute === 0) return true;
  }
  return false;
}

/** Five fields mean second 0. */
function toSecond(walk: Walk): boolean {
  const past = (((walk.at.at + walk.at.zone.segment(walk.at.at).offset) % 60) + 60) % 60;
  if (past === 0) return false;
  walk.at = addSeconds(walk.at, 60 - past);
  return true;
}

function begin(walk: Walk, truncate: (at: GoTime) => GoTime): void {
  if (walk.added) return;
  walk.added = true;
  walk.at = truncate(walk.at);
}
