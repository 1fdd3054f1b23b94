import type { CronDialect, CronError, CronEvery } from './cron.types.ts';
import { type CronFailure, failure } from './cron.errors.ts';

const seconds: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};
const part = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/y;

/** Go's `time.ParseDuration` in seconds: `1h30m`, `-1.5h`; null when Go refuses it. */
export function parseGoDuration(text: string): number | null {
  const sign = text.startsWith('-') ? -1 : 1;
  const rest = /^[+-]/.test(text) ? text.slice(1) : text;
  if (rest === '0') return 0;
  let total = 0;
  part.lastIndex = 0;
  for (let read = 0; read < rest.length; read = part.lastIndex) {
    const match = part.exec(rest);
    if (!match) return null;
    total += Number(match[1]) * (seconds[match[2] ?? ''] ?? 0);
  }
  // More nanoseconds than 64 bits hold.
  return rest === '' || total >= 2 ** 63 / 1e9 ? null : sign * total;
}

/** robfig rounds up to a second what is shorter; the others refuse it. Parts of seconds are dropped. */
export function parseEvery(
  text: string,
  { dialect, at }: { dialect: CronDialect; at: Pick<CronError, 'from' | 'to'> },
): CronEvery | CronFailure {
  const duration = parseGoDuration(text);
  if (duration === null) return failure({ ...at, ...noDuration(text) });
  if (duration < 1 && dialect !== 'robfig')
    return failure({
      ...at,
      message: `${text} is too short: at least a second lies between two runs.`,
      suggestion: duration <= -1 ? `@every ${text.slice(1)}` : '@every 1s',
    });
  return { kind: 'every', seconds: Math.max(1, Math.floor(duration + 1e-9)) };
}

function noDuration(text: string): Pick<CronError, 'message' | 'suggestion'> {
  const close = text.replace(/\s+/g, '');
  if (close !== text && parseGoDuration(close) !== null)
    return {
      message: 'A single space stands between @every and the duration, and none in it or after it.',
      suggestion: `@every ${close}`,
    };
  return {
    message: `${text} is not a duration. Hours, minutes and seconds are written 6h, 90m, 1h30m; there is no unit for days.`,
    suggestion: daysAsHours(text),
  };
}

function daysAsHours(text: string): string | null {
  const days = /^\s*(\d{1,3})d\s*$/.exec(text)?.[1];
  return days === undefined ? null : `@every ${Number(days) * 24}h`;
}
