/**
 * Who reads the expression. `robfig`: Velero up to 1.18.2. `go-cron`: Velero from 1.18.3 on.
 * `calendar`: Lifeboat itself, with `L`, `W` and `#`, where a fixed time comes exactly once a day.
 */
export type CronDialect = 'robfig' | 'go-cron' | 'calendar';

/** Sorted values, and for each value the next one that is in the set (`length` of the table: none). */
export type FieldSet = {
  values: readonly number[];
  next: Uint8Array;
  previous: Int8Array;
};

/** Days that only a month's calendar can tell. */
export type DayRule =
  /** `L`, `L-3`: so many days before the last of the month. */
  | { kind: 'beforeLast'; days: number }
  /** `LW`: the last day from Monday to Friday. */
  | { kind: 'lastWeekday' }
  /** `15W`: the day from Monday to Friday nearest to the 15th, in the same month. */
  | { kind: 'nearestWeekday'; day: number }
  /** `FRI#3`, `FRI#L`: the third, or last, Friday. `nth` -1 is the last. */
  | { kind: 'nthWeekday'; weekday: number; nth: number };

export type CronFields = {
  kind: 'fields';
  minutes: FieldSet;
  hours: FieldSet;
  /** Bit n: day n, month n (1 is January), weekday n (0 is Sunday). */
  daysOfMonth: number;
  months: number;
  weekdays: number;
  dayRules: readonly DayRule[];
  weekdayRules: readonly DayRule[];
  /** How the two day fields go together. */
  days: 'either' | 'both';
  /** What the four come to in each kind of month, so that no day has to be looked at by itself. */
  monthDays: Int32Array;
  /** The hour or minute is open, so that real time is followed when clocks change (`calendar`). */
  isInterval: boolean;
};

/** `@every 90m`: counted from the run before, whatever the clock on the wall says. */
export type CronEvery = { kind: 'every'; seconds: number };

/** `@manual` of go-cron: never by itself. */
export type CronNever = { kind: 'never' };

export type Cron = {
  dialect: CronDialect;
  /** As it was written. */
  text: string;
  /** Of a `CRON_TZ=` prefix; null: whoever asks says which. */
  zone: string | null;
  rule: CronFields | CronEvery | CronNever;
};

/**
 * Where the expression is wrong: characters `from` up to, not including, `to`. `suggestion`: what makes
 * an expression that comes of it, put in their place; null: nothing is near.
 */
export type CronError = { message: string; from: number; to: number; suggestion: string | null };

export type CronParsed = { ok: true; cron: Cron } | { ok: false; error: CronError };
