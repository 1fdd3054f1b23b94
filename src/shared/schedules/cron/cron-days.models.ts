import { civilOf, daysInMonth, daysOf, weekdayOf } from './civil.models.ts';
import type { CronFields, DayRule } from './cron.types.ts';

type Day = { number: number; year: number; month: number; day: number; weekday: number };

/** How far ahead a day is looked for. Leap days that skip 2100 are eight years apart at most. */
const horizonDays = 366 * 41;

/** The first day from this one on that the day fields allow; null when there is none in 40 years. */
export function nextDay(fields: CronFields, from: number): number | null {
  for (let number = from; number < from + horizonDays;) {
    const { year, month, day } = civilOf(number);
    if (!has(fields.months, month)) number = daysOf({ year, month: month + 1, day: 1 });
    else if (dayMatches(fields, { number, year, month, day, weekday: weekdayOf(number) }))
      return number;
    else number += 1;
  }
  return null;
}

/** The same backwards. */
export function previousDay(fields: CronFields, from: number): number | null {
  for (let number = from; number > from - horizonDays;) {
    const { year, month, day } = civilOf(number);
    if (!has(fields.months, month)) number = daysOf({ year, month, day: 0 });
    else if (dayMatches(fields, { number, year, month, day, weekday: weekdayOf(number) }))
      return number;
    else number -= 1;
  }
  return null;
}

export function matchesDay(fields: CronFields, number: number): boolean {
  const date = civilOf(number);
  return (
    has(fields.months, date.month) &&
    dayMatches(fields, { number, ...date, weekday: weekdayOf(number) })
  );
}

function dayMatches(fields: CronFields, at: Day): boolean {
  const inMonth =
    has(fields.daysOfMonth, at.day) || fields.dayRules.some((rule) => ruleMatches(rule, at));
  const inWeek =
    has(fields.weekdays, at.weekday) || fields.weekdayRules.some((rule) => ruleMatches(rule, at));
  return fields.days === 'either' ? inMonth || inWeek : inMonth && inWeek;
}

function ruleMatches(rule: DayRule, at: Day): boolean {
  const length = daysInMonth(at.year, at.month);
  switch (rule.kind) {
    case 'beforeLast':
      return at.day === length - rule.days;
    case 'lastWeekday':
      return at.day === nearestWeekday(at, length, length);
    case 'nearestWeekday':
      return rule.day <= length && at.day === nearestWeekday(at, rule.day, length);
    case 'nthWeekday':
      if (at.weekday !== rule.weekday) return false;
      return rule.nth === -1 ? at.day + 7 > length : Math.ceil(at.day / 7) === rule.nth;
  }
}

/** Monday to Friday nearest to this day without leaving the month. */
function nearestWeekday(at: Day, day: number, length: number): number {
  const weekday = weekdayOf(at.number - at.day + day);
  if (weekday === 6) return day > 1 ? day - 1 : day + 2;
  if (weekday === 0) return day < length ? day + 1 : day - 2;
  return day;
}

const has = (bits: number, bit: number): boolean => ((bits >>> bit) & 1) === 1;
