import { dayLength } from '../../time/lengths.models.ts';
import { runsBetween } from '../cron/cron.models.ts';
import type { Timetable } from '../timetable.models.ts';
import { planRetention } from './retention.models.ts';
import type { RetentionPoint, RetentionPolicy } from './retention.types.ts';

/** Looked at so many days from now. */
const looks = [7, 30, 90] as const;
/** More points than these are not played through: the answer has to come while somebody types. */
const mostPoints = 3000;

export type Outlook = {
  days: number;
  points: number;
  /** How far back one could restore then, days. */
  reachDays: number;
  longestGapHours: number | null;
};

type Given = {
  points: readonly RetentionPoint[];
  policy: RetentionPolicy | null;
  timetable: Timetable;
  now: number;
};

/** What is there when every slot from now on makes a good backup and retention is applied each week. */
export function retentionOutlook({ points, policy, timetable, now }: Given): Outlook[] {
  let kept: RetentionPoint[] = [...points];
  let last = now;
  const found: Outlook[] = [];
  for (let days = 1; days <= 90; days += 1) {
    const until = now + days * dayLength;
    for (const slot of runsBetween(timetable, { after: last, until })) {
      kept.push(madeAt(slot));
      last = slot;
    }
    if (kept.length > mostPoints) return found;
    if (days % 7 === 0 || isLook(days)) kept = without(kept, { policy, timetable, now: until });
    if (isLook(days)) found.push({ days, ...shapeOf(kept, until) });
  }
  return found;
}

const isLook = (days: number): boolean => looks.some((look) => look === days);

const madeAt = (at: number): RetentionPoint => ({
  id: `slot-${at}`,
  at,
  state: 'completed',
  isVerified: true,
  isPinned: false,
  isInUse: false,
});

function without(
  points: readonly RetentionPoint[],
  { policy, timetable, now }: Omit<Given, 'points'>,
): RetentionPoint[] {
  if (policy === null) return [...points];
  const gone = new Set(planRetention({ points, policy, now, zone: timetable.zone }).remove);
  return points.filter(({ id }) => !gone.has(id));
}

function shapeOf(points: readonly RetentionPoint[], now: number): Omit<Outlook, 'days'> {
  const times = points.map(({ at }) => at).toSorted((a, b) => a - b);
  const [oldest] = times;
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? at));
  return {
    points: times.length,
    reachDays: oldest === undefined ? 0 : tenth((now - oldest) / dayLength),
    longestGapHours: gaps.length === 0 ? null : tenth(Math.max(...gaps) / 3_600_000),
  };
}

const tenth = (value: number): number => Math.round(value * 10) / 10;
