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
  const within = from - today * minutesPerDay;
  const isOver = within > lastOfDay(fields);
  const day = nextDay(fields, isOver ? today + 1 : today);
  if (day === null) return null;
  const minute = minuteAtOrAfter(fields, day === today ? within : 0);
  return minute === null ? null : day * minutesPerDay + minute;
}

/** The last such minute up to this one. */
export function previousLocal(fields: CronFields, from: number): number | null {
  const today = Math.floor(from / minutesPerDay);
  const within = from - today * minutesPerDay;
  const isBefore = within < firstOfDay(fields);
  const day = previousDay(fields, isBefore ? today - 1 : today);
  if (day === null) return null;
  const minute = minuteAtOrBefore(fields, day === today ? within : minutesPerDay - 1);
  return minute === null ? null : day * minutesPerDay + minute;
}

const firstOfDay = ({ hours, minutes }: CronFields): number =>
  atOrAfter(hours, 0) * 60 + atOrAfter(minutes, 0);
const lastOfDay = ({ hours, minutes }: CronFields): number =>
  atOrBefore(hours, 23) * 60 + atOrBefore(minutes, 59);

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
