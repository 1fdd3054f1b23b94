import { quietestIn } from '#shared/schedules/simulation/quietest.models.ts';
import { count } from '#shared/words/format.models.ts';
import { loadOf } from '#shared/schedules/simulation/load.models.ts';
import { type Around, candidateIn, movedIn } from './simulation.ts';
import type { Simulated, World } from '#shared/schedules/simulation/simulation.types.ts';
import type { StoredSchedule } from './schedules.rows.ts';
import type { SchedulesNeeds } from './schedules.types.ts';

export type Picked = Pick<StoredSchedule, 'minutesIn' | 'pickedWhy'>;

type Given = {
  mover: Simulated;
  /** What the others load each minute with; asked for a window only. */
  loadsOfOthers: () => Uint16Array;
  world: World;
};

/** The quietest time of its window and why; an expression has its own. */
export function pick({ mover, loadsOfOthers, world }: Given): Picked {
  if (typeof mover.frequency === 'string') return { minutesIn: 0, pickedWhy: null };
  const { minutesIn, load } = quietestIn({ mover, loads: loadsOfOthers(), world });
  const pickedWhy =
    load === 0
      ? 'The earliest time in the window at which nothing else runs.'
      : `The quietest time in the window: it runs beside others for ${count(load, 'minute')} in 14 days.`;
  return { minutesIn, pickedWhy };
}

/** With the time picked in its window, among all the others. */
export async function pickIn(given: StoredSchedule, around: Around, needs: SchedulesNeeds) {
  const first = await candidateIn(given, around, needs);
  const { mover, simulated, world } = first;
  const loadsOfOthers = () =>
    loadOf(
      simulated.filter((one) => one !== mover),
      world,
    );
  const picked = { ...given, ...pick({ mover, loadsOfOthers, world }) };
  return { picked, among: movedIn(first, { candidate: picked, around }) };
}
