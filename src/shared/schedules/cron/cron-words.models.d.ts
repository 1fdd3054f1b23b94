import type { Bounds } from './cron-bounds.models.ts';
import { type CronFailure } from './cron.errors.ts';
/** A word of the expression and where it stands. */
export type Word = {
  text: string;
  from: number;
};
/** As Go's `strconv.Atoi`: a plus sign and leading zeros are fine. */
export declare const wholeNumber: (text: string) => number | null;
export declare function numberOrName(text: string, { names, firstName }: Bounds): number | null;
export declare const wrong: ({ text, from }: Word, what: string) => CronFailure;
