import type { CronFields } from './cron.types.ts';
/** The first day from this one on that the day fields allow; null when there is none in 40 years. */
export declare function nextDay(fields: CronFields, from: number): number | null;
/** The same backwards. */
export declare function previousDay(fields: CronFields, from: number): number | null;
export declare function matchesDay(fields: CronFields, number: number): boolean;
