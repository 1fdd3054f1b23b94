import { nextDay, previousDay } from './cron-days.models.ts';
import type { CronFields } from './cron.types.ts';
import { atOrAfter, atOrBefore } from './field-set.models.ts';

const minutesPerDay = 1440;

/**
 * The first minute on the wall (counted from 1970 as if clocks never changed) from this one on that
 * the fields allow; null when there is none in 40 years.
 */
export function nextLocal(fields: CronFields, from: number): number | null {
  const today = Math.floor(from / minutesPerDay);
  const first = nextDay(fields, today);
  if (first === null) return null;
  const within = first === today ? minuteAtOrAfter(fields, from - today * minutesPerDay) : null;
  if (within !== null) return today * minutesPerDay + within;
  const day = first === today ? nextDay(fields, today + 1) : first;
  const minute = minuteAtOrAfter(fields, 0);
  return day === null || minute === null ? null : day * minutesPerDay + minute;
}

/** The last such minute up to this one. */
export function previousLocal(fields: CronFields, from: number): number | null {
  const today = Math.floor(from / minutesPerDay);
  const last = previousDay(fields, today);
  if (last === null) return null;
  const within = last === today ? minuteAtOrBefore(fields, from - today * minutesPerDay) : null;
  if (within !== null) return today * minutesPerDay + within;
  const day = last === today ? previousDay(fields, today - 1) : last;
  const minute = minuteAtOrBefore(fields, minutesPerDay - 1);
  return day === null || minute === null ? null : day * minutesPerDay + minute;
}

function minuteAtOrAfter({ hours, minutes }: CronFields, from: number): number | null {
  const hour = Math.floor(from / 60);
  if (atOrAfter(hours, hour) === hour) {
    const minute = atOrAfter(minutes, from - hour * 60);
    if (minute < 60) return hour * 60 + minute;
  }
  const [next, first] = [atOrAfter(hours, hour + 1), minutes.values[0]];
  return next > 23 || first === undefined ? null : next * 60 + first;
}

function minuteAtOrBefore({ hours, minutes }: CronFields, from: number): number | null {
  const hour = Math.floor(from / 60);
  if (atOrBefore(hours, hour) === hour) {
    const minute = atOrBefore(minutes, from - hour * 60);
    if (minute >= 0) return hour * 60 + minute;
  }
  const [before, last] = [hour === 0 ? -1 : atOrBefore(hours, hour - 1), minutes.values.at(-1)];
  return before < 0 || last === undefined ? null : before * 60 + last;
}
