import { type CronFailure } from './cron.errors.ts';
import type { CronDialect, CronFields } from './cron.types.ts';
/** Five fields, from this character on. */
export declare function parseFields(
  text: string,
  from: number,
  dialect: CronDialect,
): CronFields | CronFailure;
