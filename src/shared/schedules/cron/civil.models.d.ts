/** Days of the proleptic Gregorian calendar as whole numbers: day 0 is 1 January 1970. */
export type CivilDate = {
  year: number;
  month: number;
  day: number;
};
/** http://howardhinnant.github.io/date_algorithms.html#civil_from_days */
export declare function civilOf(days: number): CivilDate;
/** Months and days beyond their range run over, as with Go's `time.Date`. */
export declare function daysOf({ year, month, day }: CivilDate): number;
/** 0 is Sunday. */
export declare const weekdayOf: (days: number) => number;
export declare const daysInMonth: (year: number, month: number) => number;
