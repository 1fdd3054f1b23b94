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

/**
 * Compares the next 500 runs, so that nothing is named that makes no difference, and nothing is missed
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
  let [mine, theirs] = [nextRun({ cron: own, zone }, now), nextRun({ cron: other, zone }, now)];
  for (let compared = 0; compared < comparedRuns; compared += 1) {
    if (mine !== theirs) return differing(other, { mine, theirs });
    if (mine === null || theirs === null) return null;
    mine = nextRun({ cron: own, zone }, mine);
    theirs = nextRun({ cron: other, zone }, theirs);
  }
  return null;
}

function differing(
  { dialect }: Cron,
  { mine, theirs }: { mine: number | null; theirs: number | null },
): DialectDifference {
  const name = dialectNames[dialect];
  if (theirs === null)
    return {
      dialect,
      kind: 'never',
      at: null,
      sentence:
        dialect === 'calendar'
          ? `For ${name} it never comes.`
          : `For ${name} it never comes, and every minute counts as due.`,
    };
  const isExtra = mine === null || theirs < mine;
  return {
    dialect,
    kind: 'otherTimes',
    at: isExtra ? theirs : mine,
    sentence: isExtra
      ? `${name} runs at other times, first at ${iso(theirs)}, when nothing is due here.`
      : `${name} runs at other times: at ${iso(mine)}, when it is due here, nothing comes there.`,
  };
}

const iso = (at: number): string => `${new Date(at).toISOString().slice(0, 16)}Z`;
