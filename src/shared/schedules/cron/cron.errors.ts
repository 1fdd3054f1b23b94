import type { CronError } from './cron.types.ts';

/** What was wrong, as a value: whoever types sees it at each key. */
export type CronFailure = { error: CronError };

export const failure = (error: CronError): CronFailure => ({ error });

export const isFailure = (value: object): value is CronFailure => 'error' in value;
