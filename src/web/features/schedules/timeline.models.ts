import { span } from '#shared/words/format.models.ts';

export type Bar = { at: string; left: number; width: number; collides: boolean; title: string };
type Range = { from: number; until: number };
type Planned = { at: string; duration: number; collides: boolean; assumed?: boolean };

/** A bar narrower than this cannot be seen, percent. */
const narrowest = 0.25;
const hour = 3_600_000;

/** Where each slot stands in the range, percent of its width; by the clock of whoever looks. */
export const barsOf = (planned: readonly Planned[], { from, until }: Range): Bar[] =>
  planned.map(({ at, duration, collides, assumed = false }) => {
    const left = Math.max(0, share(Date.parse(at) - from, until - from));
    const end = share(Date.parse(at) + duration - from, until - from);
    const long = `${assumed ? 'about ' : ''}${span(duration)}`;
    return {
      at,
      left,
      width: Math.min(100 - left, Math.max(narrowest, end - left)),
      collides,
      title: `${clock(Date.parse(at))}, ${long}${collides ? ', meets another' : ''}`,
    };
  });

const share = (part: number, whole: number): number => (part / whole) * 100;

const clock = (at: number): string =>
  new Date(at).toLocaleString('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit' });

/** Beyond this a label would not fit on a phone, percent. */
const lastLabel = 90;

/** Every three hours of a day, every day of a week. */
export function ticksOf({ from, until }: Range): { left: number; label: string }[] {
  const isWeek = until - from > 48 * hour;
  const step = isWeek ? 24 * hour : 3 * hour;
  const midnight = new Date(from);
  midnight.setHours(0, 0, 0, 0);
  const ticks: { left: number; label: string }[] = [];
  for (let at = midnight.getTime(); at < until; at += step) {
    if (at < from || share(at - from, until - from) > lastLabel) continue;
    const label = new Date(at).toLocaleString(
      'en-GB',
      isWeek ? { weekday: 'short', day: 'numeric' } : { hour: '2-digit', minute: '2-digit' },
    );
    ticks.push({ left: share(at - from, until - from), label });
  }
  return ticks;
}
