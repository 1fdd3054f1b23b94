import { neverFires } from './cron.models.ts';
import type { Cron } from './cron.types.ts';

/**
 * Every date meets every weekday within 28 years, and Velero's libraries search for five from whenever they
 * are asked: `0 0 7 1,10 WED` comes in 2026, and then not before 2032. From each of these months on it is asked.
 */
const searches = Array.from({ length: 28 * 12 }, (_, month) => Date.UTC(2001, month));

/** Whether it comes whenever it is asked: nothing is suggested that Velero would take for always due. */
export const everComes = (cron: Cron): boolean =>
  searches.every((now) => !neverFires({ cron: { ...cron, zone: null }, zone: 'UTC' }, now));
