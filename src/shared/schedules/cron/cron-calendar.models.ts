import type { CronFields } from './cron.types.ts';
import { nextLocal, previousLocal } from './local-minutes.models.ts';
import type { Zone, ZoneSegment } from './zone.models.ts';

/**
 * When clocks change, each minute on the wall belongs to exactly one stretch of even time. Interval
 * fields follow real time: a repeated hour counts twice, a skipped one not at all. A fixed time comes
 * once: in a repeated hour the first time, in a skipped one at the first instant after the gap.
 */
type Stretch = ZoneSegment & {
  /** Minutes on the wall that are this stretch's: from, and up to but not including. */
  first: number;
  end: number;
};

function stretchAt(zone: Zone, second: number, { isInterval }: CronFields): Stretch {
  const segment = zone.segment(second);
  const before =
    isInterval || segment.from === -Infinity ? segment : zone.segment(segment.from - 1);
  return {
    ...segment,
    first: Math.ceil((segment.from + before.offset) / 60),
    end: Math.ceil((segment.until + segment.offset) / 60),
  };
}

/** A time that the gap swallowed comes when the gap is over. */
const instantOf = ({ from, offset }: Stretch, local: number) => Math.max(from, local * 60 - offset);

/** The first slot after this second; null when there is none in 40 years. */
export function nextSlot(fields: CronFields, after: number, zone: Zone): number | null {
  for (let stretch = stretchAt(zone, after, fields); ;) {
    const earliest = Math.floor((after + stretch.offset) / 60) + 1;
    const local = nextLocal(fields, Math.max(stretch.first, earliest));
    const gap = swallowed(fields, stretch, after);
    if (gap !== null) return gap;
    if (local === null) return null;
    if (local < stretch.end) return instantOf(stretch, local);
    stretch = stretchAt(zone, jump(stretch, local), fields);
  }
}

/** Far slots need no look at each change of clocks between: every zone changes at most daily. */
const jump = ({ until, offset }: Stretch, local: number): number =>
  Math.max(until, local * 60 - offset - 2 * 86_400);

/** The slot at the end of a gap, when something in the gap was due and it is still to come. */
function swallowed(fields: CronFields, stretch: Stretch, after: number): number | null {
  if (stretch.from <= after || fields.isInterval) return null;
  const local = nextLocal(fields, stretch.first);
  return local !== null && local * 60 - stretch.offset < stretch.from ? stretch.from : null;
}

/** The last slot before this second. */
export function previousSlot(fields: CronFields, before: number, zone: Zone): number | null {
  for (let stretch = stretchAt(zone, before - 1, fields); ;) {
    const latest = Math.ceil((before + stretch.offset) / 60) - 1;
    const local = previousLocal(fields, Math.min(stretch.end - 1, latest));
    if (local === null) return null;
    if (local >= stretch.first) return instantOf(stretch, local);
    stretch = stretchAt(zone, jumpBack(stretch, local), fields);
  }
}

const jumpBack = ({ from, offset }: Stretch, local: number): number =>
  Math.min(from - 1, local * 60 - offset + 2 * 86_400);
