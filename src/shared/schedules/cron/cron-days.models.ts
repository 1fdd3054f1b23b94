import { civilOf, daysInMonth, weekdayOf } from './civil.models.ts';
import type { CronFields } from './cron.types.ts';
import { kindOf } from './month-days.models.ts';

/** How far ahead a day is looked for. Leap days that skip 2100 are eight years apart at most. */
const horizonDays = 366 * 41;

/** The first day from this one on that the day fields allow; null when there is none in 40 years. */
export function nextDay(fields: CronFields, from: number): number | null {
  let { year, month, day } = civilOf(from);
  for (let first = from - day + 1; first < from + horizonDays; day = 1) {
    const length = daysInMonth(year, month);
    const left = daysAllowed(fields, { month, length, first }) >>> (day - 1);
    if (left !== 0) return first + day - 1 + lowestBit(left);
    first += length;
    month = month === 12 ? 1 : month + 1;
    if (month === 1) year += 1;
  }
  return null;
}

/** The same backwards. */
export function previousDay(fields: CronFields, from: number): number | null {
  let { year, month, day } = civilOf(from);
  for (let first = from - day + 1; first > from - horizonDays; day = 31) {
    const length = daysInMonth(year, month);
    const left = daysAllowed(fields, { month, length, first }) & (2 ** day - 1);
    if (left !== 0) return first + highestBit(left);
    month = month === 1 ? 12 : month - 1;
    if (month === 12) year -= 1;
    first -= daysInMonth(year, month);
  }
  return null;
}

export function matchesDay(fields: CronFields, number: number): boolean {
  const { year, month, day } = civilOf(number);
  const [length, first] = [daysInMonth(year, month), number - day + 1];
  return has(daysAllowed(fields, { month, length, first }), day - 1);
}

type Month = { month: number; length: number; first: number };

/** Bit n: day n + 1 of this month. `first`: the number of its first day. */
const daysAllowed = ({ months, monthDays }: CronFields, { month, length, first }: Month): number =>
  has(months, month) ? (monthDays[kindOf(length, weekdayOf(first))] ?? 0) : 0;

const has = (bits: number, bit: number): boolean => ((bits >>> bit) & 1) === 1;
const lowestBit = (bits: number): number => 31 - Math.clz32(bits & -bits);
const highestBit = (bits: number): number => 31 - Math.clz32(bits);
