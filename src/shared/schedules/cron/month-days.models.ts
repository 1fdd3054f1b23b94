import type { CronFields, DayRule } from './cron.types.ts';

type DayFields = Pick<
  CronFields,
  'daysOfMonth' | 'weekdays' | 'dayRules' | 'weekdayRules' | 'days'
>;

/** All that days depend on: how many there are, 28 to 31, and the weekday of the first. */
type Month = { length: number; first: number };

const shortest = 28;

/** The days that the fields allow in each of the 28 kinds of months: bit n is day n + 1. */
export const monthDays = (fields: DayFields): Int32Array =>
  Int32Array.from({ length: 4 * 7 }, (_, kind) =>
    daysIn(fields, { length: shortest + Math.floor(kind / 7), first: kind % 7 }),
  );

/** Where such a month stands in the table. */
export const kindOf = (length: number, first: number): number => (length - shortest) * 7 + first;

function daysIn(fields: DayFields, month: Month): number {
  const inMonth = (fields.daysOfMonth >>> 1) | ruled(fields.dayRules, month);
  const inWeek = weekly(fields.weekdays, month) | ruled(fields.weekdayRules, month);
  const days = fields.days === 'either' ? inMonth | inWeek : inMonth & inWeek;
  return days & (2 ** month.length - 1);
}

function weekly(weekdays: number, { length, first }: Month): number {
  let days = 0;
  for (let day = 0; day < length; day += 1) days |= ((weekdays >>> ((first + day) % 7)) & 1) << day;
  return days;
}

function ruled(rules: readonly DayRule[], month: Month): number {
  let days = 0;
  for (const rule of rules) {
    const day = dayOf(rule, month);
    if (day >= 1 && day <= month.length) days |= 1 << (day - 1);
  }
  return days;
}

/** Each rule names one day; outside the month: it has none. */
function dayOf(rule: DayRule, month: Month): number {
  const { length, first } = month;
  switch (rule.kind) {
    case 'beforeLast':
      return length - rule.days;
    case 'lastWeekday':
      return nearestWeekday(length, month);
    case 'nearestWeekday':
      return rule.day <= length ? nearestWeekday(rule.day, month) : 0;
    case 'nthWeekday': {
      const earliest = 1 + ((rule.weekday - first + 7) % 7);
      const nth = rule.nth === -1 ? Math.floor((length - earliest) / 7) : rule.nth - 1;
      return earliest + 7 * nth;
    }
  }
}

/** Monday to Friday nearest to this day without leaving the month. */
function nearestWeekday(day: number, { length, first }: Month): number {
  const weekday = (first + day - 1) % 7;
  if (weekday === 6) return day > 1 ? day - 1 : day + 2;
  if (weekday === 0) return day < length ? day + 1 : day - 2;
  return day;
}
