import type { Cron } from './cron.types.ts';
/** All instants are milliseconds since 1970. `zone` is IANA; the expression's own prefix goes first. */
export type CronIn = {
  cron: Cron;
  zone: string;
};
/**
 * The first slot after this instant, or null when there is none: in 40 years for `calendar`, in 5 for
 * Velero's libraries, which then take every minute for due. `@every` counts from `after`.
 * Throws RangeError for a zone that the runtime does not know.
 */
export declare function nextRun({ cron, zone }: CronIn, after: number): number | null;
/** The last slot before this instant. */
export declare function previousRun({ cron, zone }: CronIn, before: number): number | null;
/** Every slot after `after`, up to and with `until`, in order. */
export declare function runsBetween(
  given: CronIn,
  {
    after,
    until,
  }: {
    after: number;
    until: number;
  },
): Generator<number>;
/** Nothing will ever be due: 30 February, an empty list, `@manual`. */
export declare const neverFires: (given: CronIn, now: number) => boolean;
