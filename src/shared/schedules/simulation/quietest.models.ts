import { cronInWindow, lengthOf } from '../window.models.ts';
import { loadAt } from './load.models.ts';
import { movedTo } from './moved.models.ts';
import type { Simulated, World } from './simulation.types.ts';

const minute = 60_000;

/** `loads`: what goes on in each minute without the one that moves. */
type Given = { loads: Uint16Array; world: World; mover: Simulated };

/** The quietest minute of a window, counted from its beginning; the earliest of equals, with the reason. */
export function quietestIn({ mover, loads, world }: Given): { minutesIn: number; load: number } {
  const options = inWindow(mover).map((minutesIn) => ({
    minutesIn,
    load: loadOfFrequency(mover, frequencyAt(mover, minutesIn), { loads, world }) ?? Infinity,
  }));
  const [best = { minutesIn: 0, load: 0 }] = options.toSorted(
    (a, b) => a.load - b.load || a.minutesIn - b.minutesIn,
  );
  return best;
}

/** The minutes of its window at which it could begin, and be over before the window closes. */
export function inWindow({ frequency, duration }: Simulated): number[] {
  if (typeof frequency === 'string') return [];
  const length = lengthOf(frequency);
  const room = Math.max(1, length - Math.ceil(duration.p90 / minute));
  return Array.from({ length: Math.ceil(room / 5) }, (_, step) => step * 5);
}

export const frequencyAt = ({ frequency }: Simulated, minutesIn: number): string =>
  typeof frequency === 'string' ? frequency : cronInWindow(frequency, minutesIn);

function loadOfFrequency(
  mover: Simulated,
  frequency: string,
  { loads, world }: { loads: Uint16Array; world: World },
): number | null {
  const moved = movedTo(mover, frequency);
  return moved && loadAt(moved, loads, world);
}
