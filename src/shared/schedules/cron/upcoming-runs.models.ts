import { type CronIn, nextRun } from './cron.models.ts';
import { nextLocal } from './local-minutes.models.ts';
import { type Zone, zoneOf } from './zone.models.ts';

/**
 * What a change of clocks has to do with a run. `moved`: its own time does not exist that day. `first`,
 * `second`: the clocks show this time twice that day.
 */
export type ClockMark = 'moved' | 'first' | 'second';

export type UpcomingRun = {
  /** Milliseconds since 1970. */
  at: number;
  mark: ClockMark | null;
};

/**
 * The next runs, at most `count`, each with its mark in the zone of the schedule.
 * Throws RangeError for a zone that the runtime does not know.
 */
export function upcomingRuns(
  given: CronIn,
  { after, count }: { after: number; count: number },
): UpcomingRun[] {
  const runs: UpcomingRun[] = [];
  for (let at = nextRun(given, after); at !== null && runs.length < count; at = nextRun(given, at))
    runs.push({ at, mark: markOf(given, at) });
  return runs;
}

function markOf({ cron, zone: fallback }: CronIn, at: number): ClockMark | null {
  if (cron.rule.kind !== 'fields') return null;
  const zone = zoneOf(cron.zone ?? fallback);
  if (!zone) return null;
  const second = at / 1000;
  const wall = (second + zone.segment(second).offset) / 60;
  if (nextLocal(cron.rule, Math.ceil(wall)) !== wall) return 'moved';
  return whichOfTwo(zone, second);
}

/** The same time on the wall in the stretch before, or after, this one. */
function whichOfTwo(zone: Zone, second: number): ClockMark | null {
  const { from, until, offset, earlier } = zone.segment(second);
  if (until !== Infinity) {
    const again = second + offset - zone.segment(until).offset;
    if (again >= until) return 'first';
  }
  return earlier > offset && second + offset - earlier < from ? 'second' : null;
}
