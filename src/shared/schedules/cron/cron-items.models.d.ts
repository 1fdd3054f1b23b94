import type { Bounds } from './cron-bounds.models.ts';
import { type CronFailure } from './cron.errors.ts';
import type { Word } from './cron-words.models.ts';
import type { CronDialect, DayRule } from './cron.types.ts';
/** One item of a list. `isOpen`: it is `*` or `?`, so that the other day field decides. */
export type Item = {
  values: number[];
  rule: DayRule | null;
  isOpen: boolean;
};
/** `5`, `MON`, `1-5`, `*`, `*\/15`, `8-18/2`, and in `calendar` `L`, `15W`, `FRI#3`. */
export declare function parseItem(
  word: Word,
  bounds: Bounds,
  dialect: CronDialect,
): Item | CronFailure;
