import type { CronDialect } from './cron.types.ts';
export type FieldName = 'minute' | 'hour' | 'day of month' | 'month' | 'day of week';
export type Bounds = {
  name: FieldName;
  min: number;
  max: number;
  names: readonly string[];
  /** Value of the first name. */
  firstName: number;
};
/** The five fields in their order. Sunday is also 7, but not for robfig. */
export declare const boundsOf: (dialect: CronDialect) => readonly Bounds[];
