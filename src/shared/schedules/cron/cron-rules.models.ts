import type { Bounds } from './cron-bounds.models.ts';
import type { CronFailure } from './cron.errors.ts';
import { type Word, numberOrName, wholeNumber, wrong } from './cron-words.models.ts';
import type { DayRule } from './cron.types.ts';

/** `L`, `L-3`, `LW`, `15W` of a month; `FRI#3`, `FRI#L`, `5L` of a week; null: something else. */
export function parseDayRule(word: Word, bounds: Bounds): DayRule | CronFailure | null {
  if (bounds.name === 'day of month') return ofMonth(word);
  if (bounds.name === 'day of week') return ofWeek(word, bounds);
  return null;
}

function ofMonth(word: Word): DayRule | CronFailure | null {
  const text = word.text.toUpperCase();
  if (text === 'L') return { kind: 'beforeLast', days: 0 };
  if (text === 'LW') return { kind: 'lastWeekday' };
  const before = /^L-(\d{1,2})$/.exec(text)?.[1];
  if (before !== undefined) return within({ kind: 'beforeLast', days: Number(before) }, word, 30);
  const near = /^(\d{1,2})W$/.exec(text)?.[1];
  return near === undefined
    ? null
    : within({ kind: 'nearestWeekday', day: Number(near) }, word, 31);
}

function within(
  rule: Extract<DayRule, { days: number } | { day: number }>,
  word: Word,
  most: number,
): DayRule | CronFailure {
  const count = 'days' in rule ? rule.days : rule.day;
  return count >= 1 && count <= most ? rule : wrong(word, `needs a number from 1 to ${most}.`);
}

function ofWeek(word: Word, bounds: Bounds): DayRule | CronFailure | null {
  const match = /^(\w+?)(?:#(\w+)|(L))$/i.exec(word.text);
  if (!match) return null;
  const weekday = numberOrName(match[1] ?? '', bounds, 'calendar');
  if (weekday === null || weekday > 7) return wrong(word, 'names no day of the week.');
  const isLast = (match[2] ?? match[3] ?? '').toUpperCase() === 'L';
  const nth = isLast ? -1 : wholeNumber(match[2] ?? '', 'calendar');
  if (nth === null || nth === 0 || nth > 5)
    return wrong(word, 'needs #1 to #5, or #L for the last.');
  return { kind: 'nthWeekday', weekday: weekday % 7, nth };
}
