import { neverFires } from './cron.models.ts';
import type { Cron } from './cron.types.ts';

/** A leap day meets every weekday in 28 years; Velero's libraries search for five, from any of these on. */
const searches = Array.from({ length: 7 }, (_, index) => Date.UTC(2001 + index * 4, 0));

/** Whether it comes whenever it is asked: nothing is suggested that Velero would take for always due. */
export const everComes = (cron: Cron): boolean =>
  searches.every((now) => !neverFires({ cron: { ...cron, zone: null }, zone: 'UTC' }, now));
