import type { Bounds } from './cron-bounds.models.ts';
import { type CronFailure, failure } from './cron.errors.ts';
import type { CronDialect } from './cron.types.ts';

/** A word of the expression and where it stands. */
export type Word = { text: string; from: number };

/** Velero's libraries read with Go's `strconv.Atoi`: a plus sign is fine there. Leading zeros are for all. */
export const wholeNumber = (text: string, dialect: CronDialect): number | null =>
  (dialect === 'calendar' ? /^\d{1,18}$/ : /^\+?\d{1,18}$/).test(text) ? Number(text) : null;

export function numberOrName(
  text: string,
  { names, firstName }: Bounds,
  dialect: CronDialect,
): number | null {
  const index = names.indexOf(text.toLowerCase());
  return index === -1 ? wholeNumber(text, dialect) : index + firstName;
}

/** `suggestion` takes the place of the word. */
export const wrong = (
  { text, from }: Word,
  what: string,
  suggestion: string | null = null,
): CronFailure => failure({ message: `${text} ${what}`, from, to: from + text.length, suggestion });

/** `an hour`, `a minute`. */
export const aField = (name: string): string => `${/^[aeiouh]/.test(name) ? 'an' : 'a'} ${name}`;
