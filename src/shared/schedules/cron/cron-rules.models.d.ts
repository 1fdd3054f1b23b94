import type { Bounds } from './cron-bounds.models.ts';
import type { CronFailure } from './cron.errors.ts';
import { type Word } from './cron-words.models.ts';
import type { DayRule } from './cron.types.ts';
/** `L`, `L-3`, `LW`, `15W` of a month; `FRI#3`, `FRI#L`, `5L` of a week; null: something else. */
export declare function parseDayRule(word: Word, bounds: Bounds): DayRule | CronFailure | null;
