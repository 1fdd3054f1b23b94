import type { CronDialect, CronError, CronEvery } from './cron.types.ts';
import { type CronFailure } from './cron.errors.ts';
/** Go's `time.ParseDuration` in seconds: `1h30m`, `-1.5h`; null when Go refuses it. */
export declare function parseGoDuration(text: string): number | null;
/** robfig rounds up to a second what is shorter; the others refuse it. Parts of seconds are dropped. */
export declare function parseEvery(
  text: string,
  {
    dialect,
    at,
  }: {
    dialect: CronDialect;
    at: Pick<CronError, 'from' | 'to'>;
  },
): CronEvery | CronFailure;
