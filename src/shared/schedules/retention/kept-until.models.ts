import { dayLength } from '../../time/lengths.models.ts';
import { runsBetween } from '../cron/cron.models.ts';
import type { Timetable } from '../timetable.models.ts';
import { planRetention } from './retention.models.ts';
import type { RetentionPoint, RetentionPolicy } from './retention.types.ts';

/** Not looked further ahead than this, days; nor over more points than that. */
const furthest = 400;
const mostPoints = 4000;

type Given = {
  points: readonly RetentionPoint[];
  policy: RetentionPolicy;
  timetable: Timetable;
  now: number;
  id: string;
};

/**
 * When a point that is kept now will go, to the day, if every slot makes a good backup. Null: not within
 * 400 days, or there are too many slots to tell. What is not wanted once is never wanted again, so the
 * day is found by halving.
 */
export function keptUntil(given: Given): number | null {
  const future: RetentionPoint[] = [];
  for (const at of runsBetween(given.timetable, {
    after: given.now,
    until: given.now + furthest * dayLength,
  })) {
    if (future.length > mostPoints) break;
    future.push({ ...made, id: `slot-${at}`, at });
  }
  const reach =
    future.length > mostPoints
      ? Math.floor(((future.at(-1)?.at ?? 0) - given.now) / dayLength)
      : furthest;
  if (isKept(given, future, reach)) return null;
  let [kept, gone] = [0, reach];
  while (gone - kept > 1) {
    const middle = Math.floor((kept + gone) / 2);
    if (isKept(given, future, middle)) kept = middle;
    else gone = middle;
  }
  return given.now + gone * dayLength;
}

const made = { state: 'completed', isVerified: true, isPinned: false, isInUse: false } as const;

function isKept(
  { points, policy, timetable, now, id }: Given,
  future: readonly RetentionPoint[],
  days: number,
): boolean {
  const then = now + days * dayLength;
  const all = [...points, ...future.filter(({ at }) => at <= then)];
  return !planRetention({ points: all, policy, now: then, zone: timetable.zone }).remove.includes(
    id,
  );
}
