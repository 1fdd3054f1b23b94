import { closedAt, isForEver } from '../blackouts.models.ts';
import type { Remedy } from '../preview.contract.ts';
import { findingOf, type Found, momentInWords, timesInWords } from './finding.models.ts';
import { freeShift } from './free-shift.models.ts';
import type { Slots } from './meetings.models.ts';
import type { Simulated, World } from './simulation.types.ts';
import { widerWindow } from './wider-window.models.ts';

type Given = { schedules: readonly Simulated[]; slots: Slots; world: World };

/** Slots that come while nothing may begin. */
export function blackoutFindings(one: Simulated, given: Given): Found[] {
  const inside = (given.slots.get(one) ?? []).flatMap((at) => {
    const found = closedAt(given.world.blackouts, at);
    return found ? [{ at, found }] : [];
  });
  const [first] = inside;
  if (!first) return [];
  const { at, found } = first;
  const common = {
    kind: 'blackout' as const,
    schedules: [one],
    at: inside.map((slot) => slot.at),
    times: inside.length,
  };
  if (isForEver(found, at))
    return [
      findingOf({
        ...common,
        severity: 'error',
        sentence: `${one.name} would never begin: blackouts leave no time (${found.reason}).`,
      }),
    ];
  return [
    findingOf({
      ...common,
      severity: 'warning',
      sentence: `${one.name} is due ${timesInWords(inside.length)} while nothing may begin (${found.reason}), first at ${momentInWords(at)}: it waits until that is over.`,
      remedies: () => outOf(one, { ...given, minutes: Math.ceil((found.until - at) / 60_000) }),
    }),
  ];
}

/** To the end of the blackout or soon after, or a window that stays open until then. */
function outOf(mover: Simulated, { minutes, ...given }: Given & { minutes: number }): Remedy[] {
  if (typeof mover.frequency !== 'string')
    return widerWindow({ mover, schedules: [], world: given.world });
  const later = [0, 5, 10, 15, 20, 30].map((more) => minutes + more);
  return freeShift({ ...given, mover, minutes: later });
}
