import { count } from '../../words/format.models.ts';
import { isTooLong, parseSpan, spanInWords } from './retention-span.models.ts';
import { type RetentionPolicy, type RetentionSpan, retentionRules } from './retention.types.ts';

/** As a schedule writes it: a duration, rules with `within` as a duration, or `forever`. */
export type RetentionWritten =
  | string
  | (Omit<RetentionPolicy, 'within'> & { within?: string | undefined });

/** Null: for ever. A duration means `within`. A span that cannot be read, or is too long, keeps everything. */
export function policyOf(written: RetentionWritten): RetentionPolicy | null {
  if (written === 'forever') return null;
  if (typeof written === 'string') {
    const within = usableSpan(written);
    return within && { within };
  }
  const { within, ...counts } = written;
  if (within === undefined) return counts;
  const span = usableSpan(within);
  return span && { ...counts, within: span };
}

/** What is wrong with it; null: nothing. */
export function retentionFault(written: RetentionWritten): string | null {
  if (written === 'forever') return null;
  if (typeof written === 'string') return spanFault(written);
  const { within, ...counts } = written;
  const fault = within === undefined ? null : spanFault(within);
  if (fault !== null) return fault;
  const keeps = within !== undefined || Object.values(counts).some((value) => (value ?? 0) > 0);
  return keeps ? null : 'it would keep nothing: give at least one rule, or forever';
}

function usableSpan(text: string): RetentionSpan | null {
  const span = parseSpan(text);
  return span === null || isTooLong(span) ? null : span;
}

function spanFault(text: string): string | null {
  const span = parseSpan(text);
  if (span === null) return `${text} is no time at all: give a duration such as 7d, or forever`;
  return isTooLong(span) ? `${text} is over a hundred years: say forever instead` : null;
}

const nouns = {
  hourly: 'hour',
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
  yearly: 'year',
} as const;

/** `everything of 7 days, the newest of 4 weeks`. */
export function retentionInWords(written: RetentionWritten): string {
  const policy = policyOf(written);
  if (policy === null) return 'for ever';
  const parts = retentionRules.flatMap((rule) => {
    if (rule === 'within')
      return policy.within ? [`everything of ${spanInWords(policy.within)}`] : [];
    const value = policy[rule] ?? 0;
    if (value === 0) return [];
    if (rule === 'last') return [`the newest ${value}`];
    return rule === 'minimum'
      ? [`at least ${value}`]
      : [`the newest of ${count(value, nouns[rule])}`];
  });
  return parts.join(', ') || 'nothing';
}
