import { type CivilDate } from './civil.models.ts';
import type { Zone } from './zone.models.ts';
/** An instant as Go shows it in a zone. `at`: seconds since 1970. */
export type GoTime = CivilDate & {
  at: number;
  zone: Zone;
  hour: number;
  minute: number;
};
export declare function goTime(at: number, zone: Zone): GoTime;
export declare const addSeconds: ({ at, zone }: GoTime, seconds: number) => GoTime;
/** Go's `Truncate(time.Minute)`: by absolute time, not by the clock on the wall. */
export declare const truncateMinute: ({ at, zone }: GoTime) => GoTime;
type Wall = CivilDate & {
  hour?: number;
  minute?: number;
  second?: number;
};
/**
 * Go's `time.Date`: takes the offset that holds at this time read as UTC, and if that leads out of
 * the stretch where it holds, the one that holds there. https://cs.opensource.google/go/go/+/master:src/time/time.go
 */
export declare function goDate({ hour, minute, second, ...date }: Wall, zone: Zone): GoTime;
/** Go's `AddDate(0, months, days)`: the same time on the wall of another day. */
export declare function addDate(
  { at, zone, year, month, day, hour, minute }: GoTime,
  {
    months,
    days,
  }: {
    months?: number;
    days?: number;
  },
): GoTime;
export {};
