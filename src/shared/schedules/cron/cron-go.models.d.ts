import type { CronDialect, CronFields } from './cron.types.ts';
import { type GoTime } from './go-time.models.ts';
import type { Zone } from './zone.models.ts';
type Walk = {
  fields: CronFields;
  dialect: CronDialect;
  at: GoTime;
  added: boolean;
  limit: number;
};
/**
 * The next slot as robfig/cron v3.0.1 and netresearch/go-cron v0.15.0 find it (`SpecSchedule.Next`),
 * with what they do when clocks change. Null where they answer the zero time.
 */
export declare function nextOfGo(
  { fields, dialect }: Pick<Walk, 'fields' | 'dialect'>,
  after: number,
  zone: Zone,
): number | null;
export {};
