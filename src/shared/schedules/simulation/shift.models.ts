import { fieldsOfDescriptor } from '../cron/cron-parse.models.ts';
import type { Frequency } from '../timetable.models.ts';

const minutesPerDay = 1440;

/**
 * The same expression so many minutes later, as long as its days stay the same; null when it has no
 * single minute to move, or would move to another day.
 */
export function shifted(frequency: Frequency, minutes: number): string | null {
  if (typeof frequency !== 'string') return null;
  const text = expanded(frequency.trim());
  const match = /^((?:(?:CRON_)?TZ=\S+\s+)?)(\d{1,2})\s+(\S+)\s+(.+)$/.exec(text);
  if (!match) return null;
  const [, zone = '', minute = '', hour = '', rest = ''] = match;
  if (hour === '*') return `${zone}${modulo(Number(minute) + minutes, 60)} * ${rest}`;
  const hours = hour.split(',');
  if (!hours.every((one) => /^\d{1,2}$/.test(one))) return null;
  const moved = hours.map((one) => Number(one) * 60 + Number(minute) + minutes);
  if (moved.some((at) => at < 0 || at >= minutesPerDay)) return null;
  const newHours = moved.map((at) => Math.floor(at / 60));
  return `${zone}${modulo(moved[0] ?? 0, 60)} ${newHours.join(',')} ${rest}`;
}

const modulo = (value: number, by: number): number => ((value % by) + by) % by;

/** `@daily` → `0 0 * * *`; other texts stay. */
export const expanded = (text: string): string => fieldsOfDescriptor(text) ?? text;
