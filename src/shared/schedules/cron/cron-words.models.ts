import type { Bounds } from './cron-bounds.models.ts';
import { type CronFailure, failure } from './cron.errors.ts';

/** A word of the expression and where it stands. */
export type Word = { text: string; from: number };

/** As Go's `strconv.Atoi`: a plus sign and leading zeros are fine. */
export const wholeNumber = (text: string): number | null =>
  /^\+?\d{1,18}$/.test(text) ? Number(text) : null;

export function numberOrName(text: string, { names, firstName }: Bounds): number | null {
  const index = names.indexOf(text.toLowerCase());
  return index === -1 ? wholeNumber(text) : index + firstName;
}

export const wrong = ({ text, from }: Word, what: string): CronFailure =>
  failure({ message: `${text} ${what}`, from, to: from + text.length, suggestion: null });
