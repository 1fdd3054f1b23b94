import type { CronFields } from './cron.types.ts';
import { nextLocal, previousLocal } from './local-minutes.models.ts';
import type { Zone, ZoneSegment } from './zone.models.ts';

/**
 * When clocks change, each minute on the wall belongs to exactly one stretch of even time: from this
 * one on. Interval fields follow real time: a repeated hour counts twice, a skipped one not at all. A
 * fixed time comes once: in a repeated hour the first time, in a skipped one at the first instant after
 * the gap.
 */
const firstOf = ({ from, offset, earlier }: ZoneSegment, { isInterval }: CronFields): number =>
  Math.ceil((from + (isInterval ? offset : earlier)) / 60);

/** The first minute on the wall that is not this stretch's any more. */
const endOf = ({ until, offset }: ZoneSegment): number => Math.ceil((until + offset) / 60);

/** A time that the gap swallowed comes when the gap is over. */
const instantOf = ({ from, offset }: ZoneSegment, local: number) =>
  Math.max(from, local * 60 - offset);

/** The first slot after this second; null when there is none in 40 years. */
export function nextSlot(fields: CronFields, after: number, zone: Zone): number | null {
  for (let stretch = zone.segment(after); ;) {
    const earliest = Math.floor((after + stretch.offset) / 60) + 1;
    const local = nextLocal(fields, Math.max(firstOf(stretch, fields), earliest));
    const gap = swallowed(fields, stretch, after);
    if (gap !== null) return gap;
    if (local === null) return null;
    if (local < endOf(stretch)) return instantOf(stretch, local);
    stretch = zone.segment(jump(stretch, local));
  }
}

/** Far slots need no look at each change of clocks between: every zone changes at most daily. */
const jump = ({ until, offset }: ZoneSegment, local: number): number =>
  Math.max(until, local * 60 - offset - 2 * 86_400);

/** The slot at the end of a gap, when something in the gap was due and it is still to come. */
function swallowed(fields: CronFields, stretch: ZoneSegment, after: number): number | null {
  if (stretch.from <= after || fields.isInterval) return null;
  const local = nextLocal(fields, firstOf(stretch, fields));
  return local !== null && local * 60 - stretch.offset < stretch.from ? stretch.from : null;
}

/** The last slot before this second. */
export function previousSlot(fields: CronFields, before: number, zone: Zone): number | null {
  for (let stretch = zone.segment(before - 1); ;) {
    const latest = Math.ceil((before + stretch.offset) / 60) - 1;
    const local = previousLocal(fields, Math.min(endOf(stretch) - 1, latest));
    if (local === null) return null;
    if (local >= firstOf(stretch, fields)) return instantOf(stretch, local);
    stretch = zone.segment(jumpBack(stretch, local));
  }
}

const jumpBack = ({ from, offset }: ZoneSegment, local: number): number =>
  Math.min(from - 1, local * 60 - offset + 2 * 86_400);
