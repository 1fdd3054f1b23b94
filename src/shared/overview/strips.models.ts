import type { Day, DayState, Strip } from './strip.contract.ts';
import type { Slot } from '../schedules/schedule.contract.ts';

/** Something of a day: a run, or a slot without one. `at`: milliseconds since 1970. */
export type StripEvent = { id: string | null; state: Exclude<DayState, 'none'>; at: number };

/** A slot counts as its run; one that nothing was queued for as what became of it. */
export function eventOf({ at, state, run }: Slot): StripEvent {
  const own = state === 'paused' || state === 'skipped' ? state : 'missed';
  return { id: run?.id ?? null, state: run?.state ?? own, at: Date.parse(at) };
}

/** The worst first. */
const severity: readonly DayState[] = [
  'failed',
  'missed',
  'interrupted',
  'partial',
  'canceled',
  'skipped',
  'running',
  'waiting',
  'queued',
  'completed',
  'paused',
  'none',
];

/** One cell a day, today last. Days begin at midnight in `zone`, as long as they are there. */
export function stripOf(
  name: string,
  runs: readonly StripEvent[],
  { now, zone, days }: { now: number; zone: string; days: number },
): Strip {
  const dates = datesUntil(now, zone, days);
  const starts = dates.map((date) => startOf(date, zone));
  const byDay = Map.groupBy(runs, ({ at }) => starts.findLastIndex((start) => start <= at));
  return {
    name,
    days: dates.map((date, place) => dayCell(date.toString(), byDay.get(place) ?? [])),
    lastAt: lastOf(runs),
  };
}

const startOf = (date: Temporal.PlainDate, zone: string): number =>
  date.toZonedDateTime(zone).epochMilliseconds;

function datesUntil(now: number, zone: string, days: number): Temporal.PlainDate[] {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
  return Array.from({ length: days }, (_, ago) => today.subtract({ days: days - 1 - ago }));
}

function dayCell(day: string, runs: readonly StripEvent[]): Day {
  const [worst] = runs.toSorted((a, b) => severity.indexOf(a.state) - severity.indexOf(b.state));
  return { day, state: worst?.state ?? 'none', runs: runs.length, run: worst?.id ?? null };
}

function lastOf(runs: readonly StripEvent[]): string | null {
  const last = runs.reduce(
    (latest, { at, id }) => (id === null ? latest : Math.max(latest, at)),
    -Infinity,
  );
  return last === -Infinity ? null : new Date(last).toISOString();
}
