import type { CronFields } from './cron.types.ts';
import type { Zone } from './zone.models.ts';
/** The first slot after this second; null when there is none in 40 years. */
export declare function nextSlot(fields: CronFields, after: number, zone: Zone): number | null;
/** The last slot before this second. */
export declare function previousSlot(fields: CronFields, before: number, zone: Zone): number | null;
