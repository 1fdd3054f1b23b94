/** In the order of the week as most of the world counts it. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/**
 * From `22:00` to `06:00` on these days; one that ends before it begins runs into the next day, and
 * belongs to the day on which it begins.
 */
export type TimeWindow = { days: readonly Weekday[]; from: string; to: string };

export const minutesPerDay = 1440;

/** `02:30` → 150. */
export const minuteOf = (clock: string): number =>
  Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** 150 → `02:30`; also beyond midnight. */
export function clockOf(minute: number): string {
  const within = ((minute % minutesPerDay) + minutesPerDay) % minutesPerDay;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(within / 60))}:${two(within % 60)}`;
}

/** Minutes from its beginning to its end; one that ends where it begins is a whole day. */
export function lengthOf({ from, to }: Pick<TimeWindow, 'from' | 'to'>): number {
  const length = minuteOf(to) - minuteOf(from);
  return length > 0 ? length : length + minutesPerDay;
}

/** The expression that comes once in each window, so many minutes after its beginning. */
export function cronInWindow({ days, from }: TimeWindow, minutesIn: number): string {
  const minute = minuteOf(from) + minutesIn;
  const later = Math.floor(minute / minutesPerDay);
  const clock = minute % minutesPerDay;
  const names = weekdays.filter((day) => days.includes(day)).map((day) => shifted(day, later));
  const which = names.length === weekdays.length ? '*' : names.join(',');
  return `${clock % 60} ${Math.floor(clock / 60)} * * ${which}`;
}

const shifted = (day: Weekday, by: number): string =>
  (weekdays[(weekdays.indexOf(day) + by) % 7] ?? day).toUpperCase();

/** A stretch of real time, milliseconds since 1970; `until` is not in it. */
export type Stretch = { from: number; until: number };

/** Each time the window is open between these instants, in order, by the clocks of the zone. */
export function openings(window: TimeWindow, zone: string, { from, until }: Stretch): Stretch[] {
  const found: Stretch[] = [];
  const first = dateOf(from, zone).subtract({ days: 1 });
  const last = dateOf(until, zone);
  for (
    let date = first;
    Temporal.PlainDate.compare(date, last) <= 0;
    date = date.add({ days: 1 })
  ) {
    const day = weekdays[date.dayOfWeek - 1];
    if (day === undefined || !window.days.includes(day)) continue;
    const opens = instantOf(date, window.from, zone);
    const isNextDay = minuteOf(window.to) <= minuteOf(window.from);
    const closes = instantOf(isNextDay ? date.add({ days: 1 }) : date, window.to, zone);
    if (closes > from && opens < until) found.push({ from: opens, until: closes });
  }
  return found;
}

const dateOf = (at: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();

const instantOf = (date: Temporal.PlainDate, clock: string, zone: string): number =>
  date.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(clock) })
    .epochMilliseconds;

const dayNames: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

/** `between 22:00 and 06:00, Monday to Friday`; one that ends where it begins is a whole day. */
export function windowInWords(window: TimeWindow): string {
  return `${hoursInWords(window)}, ${daysInWords(window.days)}`;
}

/** On every day they leave nothing out; otherwise it matters when the day of 24 hours begins. */
function hoursInWords({ days, from, to }: TimeWindow): string {
  if (from !== to) return `between ${from} and ${to}`;
  const isAllDay = minuteOf(from) === 0 || new Set(days).size === weekdays.length;
  return isAllDay ? 'at any time' : `at any time in the 24 hours from ${from}`;
}

function daysInWords(days: readonly Weekday[]): string {
  const named = weekdays.filter((day) => days.includes(day));
  const [first, last] = [named[0], named.at(-1)];
  if (first === undefined || last === undefined) return 'on no day';
  if (named.length === weekdays.length) return 'every day';
  const isRun = weekdays.indexOf(last) - weekdays.indexOf(first) === named.length - 1;
  if (isRun && named.length > 2) return `${dayNames[first]} to ${dayNames[last]}`;
  return named.map((day) => dayNames[day]).join(', ');
}
