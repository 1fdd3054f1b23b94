import { type BucketRule, bucketOf } from './retention-buckets.models.ts';
import { before } from './retention-span.models.ts';
import type {
  RetentionDecision,
  RetentionGuard,
  RetentionPlan,
  RetentionPoint,
  RetentionPolicy,
  RetentionReason,
} from './retention.types.ts';

type Given = {
  points: readonly RetentionPoint[];
  policy: RetentionPolicy;
  /** Milliseconds since 1970. */
  now: number;
  /** IANA; days and weeks are those of the schedule. */
  zone: string;
};

const bucketRules: readonly BucketRule[] = [
  'last',
  'hourly',
  'daily',
  'weekly',
  'monthly',
  'yearly',
];

/**
 * Which points stay and why, and which go. Pure: the preview, the job and the tests call the same.
 * Good points and partial ones are counted apart, so that a partial one never takes a good one's place.
 */
export function planRetention({ points, policy, now, zone }: Given): RetentionPlan {
  const sorted = points.toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
  const past = sorted.filter(({ at }) => at <= now);
  const newestGood = past.find(({ state }) => state === 'completed');
  const wanted = new Map<string, RetentionReason[]>();
  for (const state of ['completed', 'partial'] as const) {
    const alike = past.filter((point) => point.state === state);
    applyRules({ points: alike, policy, zone, from: newestGood?.at ?? alike[0]?.at }, wanted);
  }
  const guards = guardsOf(past, newestGood);
  const decisions = sorted.map((point): RetentionDecision => {
    const guarded = guards(point).map((guard) => ({ kind: 'guard' as const, guard }));
    return { id: point.id, at: point.at, reasons: [...(wanted.get(point.id) ?? []), ...guarded] };
  });
  const remove = decisions.filter(({ reasons }) => reasons.length === 0).map(({ id }) => id);
  const asks = remove.length * 2 > points.length ? 'removesMoreThanHalf' : null;
  return { decisions, remove, asks };
}

type Alike = {
  /** Newest first. */
  points: readonly RetentionPoint[];
  policy: RetentionPolicy;
  zone: string;
  /** `within` counts back from here. */
  from: number | undefined;
};

function applyRules(given: Alike, wanted: Map<string, RetentionReason[]>): void {
  const want = ({ id }: RetentionPoint, reason: RetentionReason) => {
    wanted.set(id, [...(wanted.get(id) ?? []), reason]);
  };
  for (const rule of bucketRules) applyBuckets(given, rule, want);
  const { points, policy, zone, from } = given;
  if (policy.within && from !== undefined) {
    const since = before(from, policy.within, zone);
    for (const point of points.filter(({ at }) => at > since)) want(point, ruled('within', 1));
  }
  for (const [index, point] of points.slice(0, policy.minimum ?? 0).entries())
    if (point.state === 'completed') want(point, ruled('minimum', index + 1));
}

type Want = (point: RetentionPoint, reason: RetentionReason) => void;

/**
 * The newest of each bucket, as many as the policy names; while buckets are left also the oldest point,
 * which makes history as long as promised. https://github.com/restic/restic `ApplyPolicy`
 */
function applyBuckets({ points, policy, zone }: Alike, rule: BucketRule, want: Want): void {
  let left = policy[rule] ?? 0;
  let last: string | null = null;
  for (const [index, point] of points.entries()) {
    if (left === 0) return;
    const bucket = bucketOf(rule, point.at, zone);
    const isNew = rule === 'last' || bucket !== last;
    const isOldest = index === points.length - 1;
    if (!isNew && !isOldest) continue;
    last = bucket;
    left -= 1;
    want(point, ruled(rule, (policy[rule] ?? 0) - left, !isNew));
  }
}

const ruled = (
  rule: Extract<RetentionReason, { kind: 'rule' }>['rule'],
  nth: number,
  isOldest = false,
): RetentionReason => ({ kind: 'rule', rule, nth, isOldest });

/** What no rule may remove. While the newest good point is unproven, the last proven one stays too. */
function guardsOf(past: readonly RetentionPoint[], newestGood: RetentionPoint | undefined) {
  const lastVerified = past.find(({ state, isVerified }) => state === 'completed' && isVerified);
  return (point: RetentionPoint): RetentionGuard[] => {
    const guards: RetentionGuard[] = [];
    if (point === newestGood) guards.push('newest');
    if (point === lastVerified && newestGood?.isVerified === false) guards.push('lastVerified');
    if (point.isPinned) guards.push('pinned');
    if (point.isInUse) guards.push('inUse');
    if (point.state === 'damaged' || point.state === 'unknown') guards.push('notGood');
    if (!past.includes(point)) guards.push('fromTheFuture');
    return guards;
  };
}
