import { dayLength } from '../../time/lengths.models.ts';
import { count, figure } from '../../words/format.models.ts';
import { nextRun } from '../cron/cron.models.ts';
import { before } from '../retention/retention-span.models.ts';
import { retentionRules, type RetentionSpan } from '../retention/retention.types.ts';
import { findingOf, type Found, lengthInWords, remedyOf } from './finding.models.ts';
import { gapsOf, lookedAt } from './occurrences.models.ts';
import type { Simulated, World } from './simulation.types.ts';

/** What is the matter with which restore points there would be. */
export const keepingFindings = (
  one: Simulated,
  slots: readonly number[],
  world: World,
): Found[] => [
  ...keptTooShort(one, slots, world),
  ...rpoMissed(one, slots, world),
  ...tooMany(one, slots, world),
];

/** Rules that hold a point by itself keep more than the time says. */
const countsOf = ({ retention }: Simulated): number =>
  retentionRules.reduce(
    (sum, rule) => (rule === 'within' ? sum : sum + (retention?.[rule] ?? 0)),
    0,
  );

function keptTooShort(one: Simulated, slots: readonly number[], { now }: World): Found[] {
  const { retention } = one;
  if (retention === null) return [];
  const counts = countsOf(one);
  if (counts === 0 && retention.within === undefined)
    return [
      findingOf({
        kind: 'keptTooShort',
        severity: 'error',
        sentence: `${one.name} would keep nothing: its retention has no rule.`,
        schedules: [one],
      }),
    ];
  const gap = longestGap(one, slots, now);
  if (counts > 0 || retention.within === undefined || gap === undefined) return [];
  const within = now - before(now, retention.within, 'UTC');
  if (within >= gap) return [];
  const days = Math.max(1, Math.ceil((gap * 2) / dayLength));
  return [
    findingOf({
      kind: 'keptTooShort',
      severity: 'warning',
      sentence: `${one.name} keeps its backups for ${lengthInWords(within)}, shorter than the ${lengthInWords(gap)} between two slots: there is never more than one restore point.`,
      schedules: [one],
      remedies: () => [
        remedyOf({
          kind: 'keepLonger',
          label: `Keep them for ${count(days, 'day')}`,
          change: { retention: `${days}d` },
        }),
      ],
    }),
  ];
}

/** Also between the last slot and the first after the 14 days, which say nothing of a rare schedule. */
function longestGap({ timetable, jitter }: Simulated, slots: readonly number[], now: number) {
  if (timetable === null) return undefined;
  const last = slots.at(-1);
  const from = last === undefined ? nextRun(timetable, now) : last - jitter;
  const next = from === null ? null : nextRun(timetable, from);
  const hole = from === null || next === null ? 0 : next - from;
  return Math.max(hole, gapsOf(slots)?.longest ?? 0) || undefined;
}

function rpoMissed(one: Simulated, slots: readonly number[], { now }: World): Found[] {
  const gap = longestGap(one, slots, now);
  const { targetRpo, duration } = one;
  if (targetRpo === null || gap === undefined || gap + duration.p90 <= targetRpo * 1.01) return [];
  if (gap <= targetRpo && duration.assumed) return [];
  return [
    findingOf({
      kind: 'rpoMissed',
      severity: 'warning',
      sentence: `${one.name} may lose at most ${lengthInWords(targetRpo)}, but up to ${lengthInWords(gap + duration.p90)} lie between two restore points.`,
      schedules: [one],
    }),
  ];
}

/** So many restore points at once help nobody, and each makes the repository slower. */
const mostKept = 10_000;

function tooMany(one: Simulated, slots: readonly number[], { now }: World): Found[] {
  const { retention } = one;
  if (slots.length < 2 || (retention !== null && retention.within === undefined)) return [];
  const within = retention?.within;
  const length = within ? spanLength(within) : 365 * dayLength;
  const from = Math.max(now, one.pausedUntil ?? now);
  const kept = (slots.length * length) / (lookedAt(one, slots, now).until - from);
  if (kept <= mostKept) return [];
  const when = within ? 'at once' : 'after a year';
  return [
    findingOf({
      kind: 'tooMany',
      severity: 'warning',
      sentence: `${one.name} would keep about ${figure(Math.round(kept))} backups ${when}: let it run less often, or keep fewer with rules such as hourly 24, daily 7.`,
      schedules: [one],
    }),
  ];
}

const spanLength = ({ years, months, days, hours }: RetentionSpan): number =>
  (years * 365 + months * 30 + days) * dayLength + hours * 3_600_000;
