import type { RetentionRule } from './retention.types.ts';

export type BucketRule = Exclude<RetentionRule, 'within' | 'minimum'>;

/** The hour, day, ISO week… of an instant on the zone's calendar. `last`: each point its own. */
export function bucketOf(rule: BucketRule, at: number, zone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  switch (rule) {
    case 'last':
      return String(at);
    case 'hourly':
      return local.toPlainDateTime().toString().slice(0, 13);
    case 'daily':
      return local.toPlainDate().toString();
    case 'weekly':
      return `${local.yearOfWeek}-W${local.weekOfYear}`;
    case 'monthly':
      return local.toPlainDate().toString().slice(0, -3);
    case 'yearly':
      return String(local.year);
  }
}
