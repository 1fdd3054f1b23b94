import type { CronError } from './cron.types.ts';
/** What was wrong, as a value: whoever types sees it at each key. */
export type CronFailure = {
  error: CronError;
};
export declare const failure: (error: CronError) => CronFailure;
export declare const isFailure: (value: object) => value is CronFailure;
