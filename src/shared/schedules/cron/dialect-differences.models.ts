import { dayLength } from '../../time/lengths.models.ts';
import { nextRun } from './cron.models.ts';
import { parseCron } from './cron-parse.models.ts';
import type { Cron, CronDialect } from './cron.types.ts';

export const dialectNames: Readonly<Record<CronDialect, string>> = {
  calendar: 'Lifeboat',
  robfig: 'Velero up to 1.18.2',
  'go-cron': 'Velero 1.18.3 and later',
};

/** How another dialect reads the same expression; dialects that agree are not listed. */
export type DialectDifference = {
  dialect: CronDialect;
  /**
   * `refused`: it is no expression there. `never`: it never comes there; Velero then takes every minute
   * for due. `otherTimes`: runs differ, first at `at` (milliseconds since 1970; null otherwise).
   */
  kind: 'refused' | 'never' | 'otherTimes';
  at: number | null;
  sentence: string;
};

/** Enough for every weekday and day of the month to meet, and to cross a change of clocks most days. */
const comparedRuns = 500;
/** In so long dates meet all weekdays. What Velero does in 2100, which has no leap day, is not for today. */
const comparedTime = 28 * 366 * dayLength;

/**
 * Compares the next 500 runs, of at most 28 years, so that nothing is named that makes no difference, and nothing is missed
 * for want of a rule. An expression that its own dialect refuses has no differences: it has an error.
 */
export function dialectDifferences(
  { text, dialect, zone }: { text: string; dialect: CronDialect; zone: string },
  now: number,
): DialectDifference[] {
  const own = parseCron(text, dialect);
  if (!own.ok) return [];
  const others = (Object.keys(dialectNames) as CronDialect[]).filter((one) => one !== dialect);
  return others.flatMap((other) => {
    const parsed = parseCron(text, other);
    if (!parsed.ok) return [refused(other, parsed.error.message)];
    const found = firstDifference({ own: own.cron, other: parsed.cron, zone }, now);
    return found ? [found] : [];
  });
}

const refused = (dialect: CronDialect, message: string): DialectDifference => ({
  dialect,
  kind: 'refused',
  at: null,
  sentence: `${dialectNames[dialect]} refuses it: ${message}`,
});

function firstDifference(
  { own, other, zone }: { own: Cron; other: Cron; zone: string },
  now: number,
): DialectDifference | null {
  let last: number | null = null;
  for (let compared = 0; compared < comparedRuns; compared += 1) {
    const from: number = last ?? now;
    const mine = nextRun({ cron: own, zone }, from);
    const theirs = nextRun({ cron: other, zone }, from);
    const isFar = Math.min(mine ?? Infinity, theirs ?? Infinity) > now + comparedTime;
    if (mine !== theirs && !(isFar && last !== null))
      return differing(other, { mine, theirs, last });
    if (mine === null || isFar) return null;
    last = mine;
  }
  return null;
}

/** `last`: the last run before, which both have. */
type Parting = { mine: number | null; theirs: number | null; last: number | null };

function differing({ dialect }: Cron, { mine, theirs, last }: Parting): DialectDifference {
  const name = dialectNames[dialect];
  if (theirs === null)
    return { dialect, kind: 'never', at: null, sentence: neverComes(dialect, last) };
  const isExtra = mine === null || theirs < mine;
  return {
    dialect,
    kind: 'otherTimes',
    at: isExtra ? theirs : mine,
    sentence: isExtra
      ? `${name} runs at other times, first at ${iso(theirs)}, when nothing is due here.`
      : `${name} runs at other times: at ${iso(mine)} it is due here, there not before ${iso(theirs)}.`,
  };
}

function neverComes(dialect: CronDialect, last: number | null): string {
  const when = last === null ? 'it never comes' : `it does not come again after ${iso(last)}`;
  const then = dialect === 'calendar' ? '' : ', and every minute counts as due';
  return `For ${dialectNames[dialect]} ${when}${then}.`;
}

const iso = (at: number): string => `${new Date(at).toISOString().slice(0, 16)}Z`;
