import type { CronFields } from './cron.types.ts';
/**
 * The first minute on the wall (counted from 1970 as if clocks never changed) from this one on that
 * the fields allow; null when there is none in 40 years.
 */
export declare function nextLocal(fields: CronFields, from: number): number | null;
/** The last such minute up to this one. */
export declare function previousLocal(fields: CronFields, from: number): number | null;
