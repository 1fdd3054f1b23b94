import type { Day, DayState, Strip } from '#shared/overview/overview.contract.ts';
import type { RunState } from '#shared/runs/runs.contract.ts';
import type { Reach } from '../../platform/runs.types.ts';

/** `at`: when it was asked for, milliseconds since 1970. */
export type StartedRun = { id: string; state: RunState; namespaces: Reach; at: number };

/** The worst first. */
const severity: readonly DayState[] = [
  'failed',
  'interrupted',
  'partial',
  'canceled',
  'running',
  'waiting',
  'queued',
  'completed',
  'none',
];

/** One cell a day, today last. Days begin at midnight in `zone`, as long as they are there. */
export function stripOf(
  name: string,
  runs: readonly StartedRun[],
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

function dayCell(day: string, runs: readonly StartedRun[]): Day {
  const [worst] = runs.toSorted((a, b) => severity.indexOf(a.state) - severity.indexOf(b.state));
  return { day, state: worst?.state ?? 'none', runs: runs.length, run: worst?.id ?? null };
}

function lastOf(runs: readonly StartedRun[]): string | null {
  const last = runs.reduce((latest, { at }) => Math.max(latest, at), -Infinity);
  return last === -Infinity ? null : new Date(last).toISOString();
}
