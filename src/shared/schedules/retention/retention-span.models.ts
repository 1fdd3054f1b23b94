import type { RetentionSpan } from './retention.types.ts';

const units = { y: 'years', mo: 'months', w: 'weeks', d: 'days', h: 'hours' } as const;

/**
 * `7d`, `168h`, `2w`, `1y6mo`. Null when it is none of these or nothing at all. Not `m`, which is
 * minutes to some and months to others.
 */
export function parseSpan(text: string): RetentionSpan | null {
  if (!/^(\d{1,6}(?:y|mo|w|d|h))+$/.test(text)) return null;
  const span = { years: 0, months: 0, weeks: 0, days: 0, hours: 0 };
  for (const [, count, unit] of text.matchAll(/(\d+)(y|mo|w|d|h)/g))
    if (isUnit(unit)) span[units[unit]] += Number(count);
  const { weeks, days, ...rest } = span;
  const whole = { ...rest, days: days + weeks * 7 };
  return Object.values(whole).some((value) => value > 0) ? whole : null;
}

const isUnit = (text: string | undefined): text is keyof typeof units =>
  text !== undefined && text in units;

/** Beyond a hundred years calendars have an end, and nobody means it. */
export const isTooLong = ({ years, months, days, hours }: RetentionSpan): boolean =>
  years + months / 12 + days / 365 + hours / 8760 > 100;

/** `1 year, 6 months`. */
export function spanInWords(span: RetentionSpan): string {
  const parts = (['years', 'months', 'days', 'hours'] as const).flatMap((unit) => {
    const count = span[unit];
    return count === 0 ? [] : [`${count} ${count === 1 ? unit.slice(0, -1) : unit}`];
  });
  return parts.join(', ');
}

/** So long before this instant, by the calendar of the zone: a day is a day when clocks change. */
export function before(at: number, span: RetentionSpan, zone: string): number {
  const { years, months, days, hours } = span;
  return Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(zone)
    .subtract({ years, months, days })
    .subtract({ hours }).epochMilliseconds;
}
