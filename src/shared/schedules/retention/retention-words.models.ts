import { ordinal } from '../../words/format.models.ts';
import type { RetentionGuard, RetentionReason } from './retention.types.ts';

const guards: Readonly<Record<RetentionGuard, string>> = {
  newest: 'the newest good backup is never removed',
  lastVerified: 'the last one that was verified, while the newest is not',
  pinned: 'pinned',
  inUse: 'being read just now',
  notGood: 'damaged or unknown: a person decides',
  fromTheFuture: 'made later than now: the clock is in doubt',
  forEver: 'kept for ever',
};

const periods = {
  hourly: 'hour',
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
  yearly: 'year',
} as const;

/** `3rd of the kept days`, `pinned`. */
export function reasonInWords(reason: RetentionReason): string {
  if (reason.kind === 'guard') return guards[reason.guard];
  const { rule, nth, isOldest } = reason;
  if (rule === 'within') return 'young enough';
  if (rule === 'minimum') return `one of the fewest kept (${ordinal(nth)})`;
  if (rule === 'last') return `${ordinal(nth)} newest`;
  const period = periods[rule];
  return isOldest ? `the oldest, while ${period}s are left` : `${ordinal(nth)} ${period}`;
}
