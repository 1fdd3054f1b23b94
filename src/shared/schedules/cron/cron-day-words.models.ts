import { evenStep, inStretches, listed } from '../../words/lists.models.ts';
import type { CronFields, DayRule } from './cron.types.ts';

const weekdays = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const months =
  'January February March April May June July August September October November December'.split(
    ' ',
  );
const ordinals = ['', 'first', 'second', 'third', 'fourth', 'fifth'];

/** `on day 15 of the month, or on Friday (whichever comes)`; '' is every day, null no day at all. */
export function daysInWords(fields: CronFields): string | null {
  const [inMonth, inWeek] = [daysOfMonthInWords(fields), weekdaysInWords(fields)];
  if (fields.days === 'either') {
    if (inMonth === null || inWeek === null) return inMonth ?? inWeek;
    if (inMonth === '' || inWeek === '') return '';
    return `${inMonth}, or ${afterOr(inWeek)} (whichever comes)`;
  }
  if (inMonth === null || inWeek === null) return null;
  if (inMonth === '' || inWeek === '') return inMonth || inWeek;
  return `${inMonth}, and ${afterOr(inWeek)} (only when both meet)`;
}

/** `only on Friday` stands alone; beside a day of the month it is `on Friday`. */
const afterOr = (week: string): string => week.replace(/^only /, '');

function daysOfMonthInWords({ daysOfMonth, dayRules }: CronFields): string | null {
  const days = valuesOf(daysOfMonth, 1, 31);
  if (days.length === 31) return '';
  if (days.length + dayRules.length === 0) return null;
  const step = dayRules.length === 0 ? evenStep(days) : null;
  if (step !== null)
    return `every ${step} days from day ${days[0]} through ${days.at(-1)} of the month`;
  const numbers = inStretches(days);
  const noun = days.length === 1 ? 'day' : 'days';
  const named = numbers.length === 0 ? [] : [`${noun} ${numbers[0]}`, ...numbers.slice(1)];
  return `on ${listed([...named, ...unique(dayRules.map(ruleInWords))])} of the month`;
}

function weekdaysInWords({ weekdays: bits, weekdayRules }: CronFields): string | null {
  const days = valuesOf(bits, 0, 6);
  if (days.length === 7) return '';
  const rules = unique(weekdayRules.map(ruleInWords)).map((rule) => `${rule} of the month`);
  if (days.length === 0) return rules.length === 0 ? null : `on ${listed(rules)}`;
  const named = around(days, { weekStart: 1, names: weekdays });
  const isRun = named.length === 1 && days.length > 1 && rules.length === 0;
  return isRun ? named.join('') : `only on ${listed([...named, ...rules])}`;
}

/** `only in January and March`; '' is every month, null none. */
export function monthsInWords({ months: bits }: CronFields): string | null {
  const found = valuesOf(bits, 1, 12);
  if (found.length === 12) return '';
  if (found.length === 0) return null;
  const from0 = found.map((month) => month - 1);
  const named = around(from0, { weekStart: 0, names: months });
  return named.length === 1 && found.length > 1 ? named.join('') : `only in ${listed(named)}`;
}

/** A week, or a year, has no end: `Friday through Monday`. Begins after the first day that is not there. */
function around(
  values: readonly number[],
  { weekStart, names }: { weekStart: number; names: readonly string[] },
): string[] {
  const size = names.length;
  const order = names.map((_, index) => (index + weekStart) % size);
  const before = (value: number) => (value + size - 1) % size;
  const first = order.find((value) => values.includes(value) && !values.includes(before(value)));
  const from = first ?? weekStart;
  const unrolled = values.map((value) => (value < from ? value + size : value));
  return inStretches(
    unrolled.toSorted((a, b) => a - b),
    (value) => names[value % size] ?? '',
  );
}

function ruleInWords(rule: DayRule): string {
  switch (rule.kind) {
    case 'beforeLast':
      return beforeLastInWords(rule.days);
    case 'lastWeekday':
      return 'the last weekday';
    case 'nearestWeekday':
      return `the weekday nearest day ${rule.day}`;
    case 'nthWeekday':
      return `the ${rule.nth === -1 ? 'last' : ordinals[rule.nth]} ${weekdays[rule.weekday]}`;
  }
}

function beforeLastInWords(days: number): string {
  if (days === 0) return 'the last day';
  return days === 1 ? 'the day before the last' : `the day ${days} days before the last`;
}

const unique = (words: readonly string[]): string[] => [...new Set(words)];

const valuesOf = (bits: number, min: number, max: number): number[] =>
  Array.from({ length: max - min + 1 }, (_, index) => index + min).filter(
    (value) => ((bits >>> value) & 1) === 1,
  );
