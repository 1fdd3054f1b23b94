import { nextSlot, previousSlot } from './cron-calendar.models.ts';
import { nextOfGo } from './cron-go.models.ts';
import type { Cron } from './cron.types.ts';
import { type Zone, zoneOf } from './zone.models.ts';

/** All instants are milliseconds since 1970. `zone` is IANA; the expression's own prefix goes first. */
export type CronIn = { cron: Cron; zone: string };

/**
 * The first slot after this instant, or null when there is none: in 40 years for `calendar`, in 5 for
 * Velero's libraries, which then take every minute for due. `@every` counts from `after`.
 * Throws RangeError for a zone that the runtime does not know.
 */
export function nextRun({ cron, zone }: CronIn, after: number): number | null {
  const { rule, dialect } = cron;
  const second = Math.floor(after / 1000);
  if (rule.kind === 'never') return null;
  if (rule.kind === 'every') return (second + rule.seconds) * 1000;
  const at = zoneFor(cron, zone);
  const next =
    dialect === 'calendar'
      ? nextSlot(rule, second, at)
      : nextOfGo({ fields: rule, dialect }, second, at);
  return next === null ? null : next * 1000;
}

/** How far back a slot of Velero's libraries, which only look forward, is searched: step by step. */
const lookBackSeconds = [3 * 3600, 2 * 86_400, 35 * 86_400, 400 * 86_400, 5 * 366 * 86_400];

/** The last slot before this instant. */
export function previousRun({ cron, zone }: CronIn, before: number): number | null {
  const { rule } = cron;
  if (rule.kind === 'never') return null;
  if (rule.kind === 'every') return before - rule.seconds * 1000;
  if (cron.dialect !== 'calendar') return lastBefore({ cron, zone }, before);
  const slot = previousSlot(rule, Math.ceil(before / 1000), zoneFor(cron, zone));
  return slot === null ? null : slot * 1000;
}

function lastBefore(given: CronIn, before: number): number | null {
  for (const seconds of lookBackSeconds) {
    let last: number | null = null;
    for (const slot of runsBetween(given, { after: before - seconds * 1000, until: before - 1 }))
      last = slot;
    if (last !== null) return last;
  }
  return null;
}

/** Every slot after `after`, up to and with `until`, in order. */
export function* runsBetween(
  given: CronIn,
  { after, until }: { after: number; until: number },
): Generator<number> {
  for (let slot = nextRun(given, after); slot !== null && slot <= until;) {
    yield slot;
    slot = nextRun(given, slot);
  }
}

/** Nothing will ever be due: 30 February, an empty list, `@manual`. */
export const neverFires = (given: CronIn, now: number): boolean => nextRun(given, now) === null;

function zoneFor(cron: Cron, fallback: string): Zone {
  const zone = zoneOf(cron.zone ?? fallback);
  if (!zone) throw new RangeError(`There is no time zone ${cron.zone ?? fallback}.`);
  return zone;
}
