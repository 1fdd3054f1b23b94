import { type CivilDate, civilOf, daysOf } from './civil.models.ts';
import type { Zone } from './zone.models.ts';

/** An instant as Go shows it in a zone. `at`: seconds since 1970. */
export type GoTime = CivilDate & { at: number; zone: Zone; hour: number; minute: number };

export function goTime(at: number, zone: Zone): GoTime {
  const local = at + zone.segment(at).offset;
  const days = Math.floor(local / 86_400);
  const second = local - days * 86_400;
  const hour = Math.floor(second / 3600);
  return { at, zone, ...civilOf(days), hour, minute: Math.floor((second - hour * 3600) / 60) };
}

export const addSeconds = ({ at, zone }: GoTime, seconds: number): GoTime =>
  goTime(at + seconds, zone);

/** Go's `Truncate(time.Minute)`: by absolute time, not by the clock on the wall. */
export const truncateMinute = ({ at, zone }: GoTime): GoTime =>
  goTime(Math.floor(at / 60) * 60, zone);

type Wall = CivilDate & { hour?: number; minute?: number; second?: number };

/**
 * Go's `time.Date`: takes the offset that holds at this time read as UTC, and if that leads out of
 * the stretch where it holds, the one that holds there. https://cs.opensource.google/go/go/+/master:src/time/time.go
 */
export function goDate({ hour = 0, minute = 0, second = 0, ...date }: Wall, zone: Zone): GoTime {
  const wall = daysOf(date) * 86_400 + hour * 3600 + minute * 60 + second;
  const guess = zone.segment(wall);
  const utc = wall - guess.offset;
  const fits = utc >= guess.from && utc < guess.until;
  return goTime(fits || guess.offset === 0 ? utc : wall - zone.segment(utc).offset, zone);
}

/** Go's `AddDate(0, months, days)`: the same time on the wall of another day. */
export function addDate(
  { at, zone, year, month, day, hour, minute }: GoTime,
  { months = 0, days = 0 }: { months?: number; days?: number },
): GoTime {
  const second = (((at + zone.segment(at).offset) % 60) + 60) % 60;
  return goDate({ year, month: month + months, day: day + days, hour, minute, second }, zone);
}
