import { nextRun } from './cron/cron.models.ts';
import { parseCron } from './cron/cron-parse.models.ts';
import { cronSentence } from './cron/cron-sentence.models.ts';
import type { Cron, CronDialect, CronError } from './cron/cron.types.ts';
import { isZone } from './cron/zone.models.ts';
import { cronInWindow, type TimeWindow, windowInWords } from './window.models.ts';

/** A cron expression, a descriptor such as `@daily`, or a window in which Lifeboat picks the time. */
export type Frequency = string | TimeWindow;

/** When a schedule is due: what its frequency comes to, by the clocks of its zone. */
export type Timetable = { cron: Cron; zone: string };

/** `kind`: it cannot be read, or it can and no date ever fits. */
export type TimetableFault = {
  field: 'frequency' | 'timezone';
  kind: 'invalid' | 'neverFires';
  error: CronError;
};

export type TimetableGiven = {
  frequency: Frequency;
  timezone: string;
  /** Minutes after the beginning of a window; 0 until one was picked. */
  minutesIn?: number;
  dialect?: CronDialect;
};

/**
 * What is due when, or why nothing can be. Velero takes every minute for due when nothing ever comes:
 * such an expression is refused, whoever reads it.
 */
export function timetableOf(
  { frequency, timezone, minutesIn = 0, dialect = 'calendar' }: TimetableGiven,
  now: number,
): Timetable | TimetableFault {
  if (!isZone(timezone)) return { field: 'timezone', kind: 'invalid', error: noZone(timezone) };
  const text = typeof frequency === 'string' ? frequency : cronInWindow(frequency, minutesIn);
  const parsed = parseCron(text, dialect);
  if (!parsed.ok) return { field: 'frequency', kind: 'invalid', error: parsed.error };
  const zone = parsed.cron.zone ?? timezone;
  if (nextRun({ cron: parsed.cron, zone }, now) === null)
    return { field: 'frequency', kind: 'neverFires', error: neverComes(text) };
  return { cron: parsed.cron, zone };
}

export const isFault = (found: Timetable | TimetableFault): found is TimetableFault =>
  'error' in found;

const noZone = (zone: string): CronError => ({
  message: `There is no time zone ${zone}. Zones are named as Europe/Zurich, America/New_York or UTC.`,
  from: 0,
  to: zone.length,
  suggestion: null,
});

const neverComes = (text: string): CronError => ({
  message: 'It never comes: no date fits all fields.',
  from: 0,
  to: text.length,
  suggestion: null,
});

/** `b is no number (characters 3 to 4) (did you mean 1?)`, without a full stop. */
export function faultInWords({
  field,
  message,
  from,
  to,
  suggestion,
}: CronError & { field: string }) {
  const where = field === 'frequency' && to > from ? ` (characters ${from + 1} to ${to})` : '';
  const meant = suggestion === null ? '' : ` (did you mean ${suggestion}?)`;
  return `${message.replace(/\.$/, '')}${where}${meant}`;
}

/** `At 02:00, Monday through Friday`. Of an expression that cannot be read: itself. */
export function frequencyInWords({ frequency, minutesIn = 0, ...rest }: TimetableGiven): string {
  const text = typeof frequency === 'string' ? frequency : cronInWindow(frequency, minutesIn);
  const parsed = parseCron(text, rest.dialect ?? 'calendar');
  if (!parsed.ok) return text;
  const words = cronSentence(parsed.cron);
  return typeof frequency === 'string' ? words : `${words}: picked ${windowInWords(frequency)}`;
}
