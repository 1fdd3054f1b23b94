/** A length of time by the calendar: months and years are as long as they are. */
export type RetentionSpan = { years: number; months: number; days: number; hours: number };

/**
 * Rules that do not know of each other, as restic has them: a point stays while any wants it, so that
 * raising a number never loses one. Numbers count buckets that hold a point, not calendar time.
 */
export type RetentionPolicy = {
  last?: number | undefined;
  hourly?: number | undefined;
  daily?: number | undefined;
  weekly?: number | undefined;
  monthly?: number | undefined;
  yearly?: number | undefined;
  /** Everything as old as this, counted back from the newest good point. */
  within?: RetentionSpan | undefined;
  /** So many good points stay, however old. */
  minimum?: number | undefined;
};

export type RetentionPoint = {
  id: string;
  /** Milliseconds since 1970: when the cluster looked like this. */
  at: number;
  /** Only `completed` is good. `damaged` and `unknown` are left to people. */
  state: 'completed' | 'partial' | 'damaged' | 'unknown';
  /** Found whole by a verification. */
  isVerified: boolean;
  isPinned: boolean;
  /** A restore, export or verification is reading it. */
  isInUse: boolean;
};

export const retentionRules = [
  'last',
  'hourly',
  'daily',
  'weekly',
  'monthly',
  'yearly',
  'within',
  'minimum',
] as const;
export type RetentionRule = (typeof retentionRules)[number];

/** What protects a point whatever the rules say. */
export type RetentionGuard =
  | 'newest'
  | 'lastVerified'
  | 'pinned'
  | 'inUse'
  | 'notGood'
  | 'fromTheFuture'
  | 'forEver';

export type RetentionReason =
  | { kind: 'rule'; rule: RetentionRule; nth: number; isOldest: boolean }
  | { kind: 'guard'; guard: RetentionGuard };

export type RetentionDecision = {
  id: string;
  at: number;
  /** Empty: the point goes. */
  reasons: readonly RetentionReason[];
};

export type RetentionPlan = {
  /** Newest first. */
  decisions: readonly RetentionDecision[];
  remove: readonly string[];
  /** Not to be carried out before a person said yes, and why. */
  asks: 'removesMoreThanHalf' | null;
};
