import { nearest } from '../../words/words.models.ts';
import { parseFields } from './cron-fields.models.ts';
import { everComes } from './cron-suggestion.models.ts';
import type { CronDialect, CronError, CronParsed } from './cron.types.ts';
import { type CronFailure, failure, isFailure } from './cron.errors.ts';
import { parseEvery } from './go-duration.models.ts';
import { remembered } from '../remembered.models.ts';
import { isZone } from './zone.models.ts';

/** go-cron's limit; nothing that people write comes near. */
export const longestExpression = 1024;

const descriptors: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};
const byHand = ['@triggered', '@manual', '@none'];

/**
 * Reads an expression as the dialect does: what that library accepts is accepted, what it refuses is
 * refused, with the place of the error. An accepted expression may still never come (`neverFires`).
 */
export const parseCron = (text: string, dialect: CronDialect): CronParsed => parsers[dialect](text);

/** Thousands of schedules have a few hundred expressions, which are read again at every look. */
const parsers = {
  calendar: remembered((text) => parse(text, 'calendar'), 5000),
  robfig: remembered((text) => parse(text, 'robfig'), 1000),
  'go-cron': remembered((text) => parse(text, 'go-cron'), 1000),
} satisfies Record<CronDialect, (text: string) => CronParsed>;

function parse(text: string, dialect: CronDialect): CronParsed {
  const parsed = read(text, dialect);
  return parsed.ok || isUsable(text, parsed.error, dialect)
    ? parsed
    : refused(failure({ ...parsed.error, suggestion: null }));
}

/** Put in its place, a suggestion makes an expression that comes. Words of another language have none. */
function isUsable(
  text: string,
  { from, to, suggestion }: CronError,
  dialect: CronDialect,
): boolean {
  if (suggestion === null) return true;
  const mended = read(`${text.slice(0, from)}${suggestion}${text.slice(to)}`, dialect);
  return mended.ok && everComes(mended.cron);
}

function read(text: string, dialect: CronDialect): CronParsed {
  if (text.trim() === '') return refused(whole(text, 'The expression is empty.', '0 0 * * *'));
  if (text.length > longestExpression) return refused(tooLong(text));
  const prefix = zonePrefix(text, dialect);
  if (isFailure(prefix)) return refused(prefix);
  const rule = parseRule(text, prefix.rest, dialect);
  if (isFailure(rule)) return refused(rule);
  return { ok: true, cron: { dialect, text, zone: prefix.zone, rule } };
}

const refused = ({ error }: CronFailure): CronParsed => ({ ok: false, error });
const whole = (text: string, message: string, suggestion: string | null): CronFailure =>
  failure({ message, from: 0, to: text.length, suggestion });

const tooLong = (text: string) =>
  whole(
    text,
    `The expression has ${text.length} characters; at most ${longestExpression} are read.`,
    null,
  );

/** `CRON_TZ=Europe/Berlin `; `rest` is where what follows begins. */
function zonePrefix(
  text: string,
  dialect: CronDialect,
): { zone: string | null; rest: number } | CronFailure {
  const match = /^(?:CRON_)?TZ=(\S*)(\s*)/.exec(text);
  if (!match) return { zone: null, rest: 0 };
  const [all, written = '', space] = match;
  const from = text.indexOf('=') + 1;
  const zone = dialect === 'robfig' ? written : written.replace(/^(["'])(.*)\1$/, '$2');
  const to = from + written.length;
  const named = zone === '' && dialect === 'robfig' ? 'UTC' : zone;
  if (!isZone(named)) return failure({ ...noZone(zone), from, to });
  if (space === '' || all.length === text.length)
    return failure({
      message: 'The fields after the time zone are missing.',
      from,
      to: text.length,
      suggestion: `${written} 0 0 * * *`,
    });
  return { zone: named, rest: all.length };
}

const noZone = (zone: string): Pick<CronError, 'message' | 'suggestion'> =>
  zone === ''
    ? { message: 'The name of the time zone is missing after the =.', suggestion: 'UTC' }
    : { message: `There is no time zone ${zone}.`, suggestion: null };

/** The five fields that `@daily` and its like stand for. */
export const fieldsOfDescriptor = (what: string): string | undefined =>
  Object.hasOwn(descriptors, what) ? descriptors[what] : undefined;

function parseRule(text: string, rest: number, dialect: CronDialect) {
  const written = text.slice(rest);
  // Both Go libraries take a space at the end for a part of the word.
  const what = dialect === 'calendar' ? written.trimEnd() : written;
  if (!what.startsWith('@')) return parseFields(text, rest, dialect);
  const fields = fieldsOfDescriptor(what);
  if (fields !== undefined) return parseFields(fields, 0, dialect);
  if (dialect === 'go-cron' && byHand.includes(what)) return { kind: 'never' as const };
  const at = { from: rest, to: rest + what.length };
  if (what.startsWith('@every ')) return parseEvery(what.slice('@every '.length), { dialect, at });
  return failure(unknownDescriptor(what, at));
}

function unknownDescriptor(what: string, at: Pick<CronError, 'from' | 'to'>): CronError {
  const known = [...Object.keys(descriptors), '@every 6h'];
  const near = what.trim() === '@every' ? '@every 6h' : nearest(what.trim(), known);
  return {
    ...at,
    message: `${what} is not known. Known are ${known.join(', ')}.`,
    suggestion: near ?? null,
  };
}
