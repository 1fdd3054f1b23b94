import { quietestIn } from '#shared/schedules/simulation/quietest.models.ts';
import { count } from '#shared/words/format.models.ts';
import { type Around, candidateIn, type Estate } from './simulation.ts';
import type { Simulated } from '#shared/schedules/simulation/simulation.types.ts';
import type { StoredSchedule } from './schedules.rows.ts';
import type { SchedulesNeeds } from './schedules.types.ts';

export type Picked = Pick<StoredSchedule, 'minutesIn' | 'pickedWhy'>;

/** The quietest time of its window and why; an expression has its own. */
export function pick({ simulated, world, mover }: Estate & { mover: Simulated }): Picked {
  if (typeof mover.frequency === 'string') return { minutesIn: 0, pickedWhy: null };
  const { minutesIn, load } = quietestIn({ mover, schedules: simulated, world });
  const pickedWhy =
    load === 0
      ? 'The earliest time in the window at which nothing else runs.'
      : `The quietest time in the window: it runs beside others for ${count(load, 'minute')} in 14 days.`;
  return { minutesIn, pickedWhy };
}

/** With the time picked in its window, among all the others. */
export async function pickIn(given: StoredSchedule, around: Around, needs: SchedulesNeeds) {
  const first = await candidateIn(given, around, needs);
  const picked = { ...given, ...pick(first) };
  // An expression stands where it stood: the others need not be read again.
  const isSame = typeof given.spec.frequency === 'string';
  return { picked, among: isSame ? first : await candidateIn(picked, around, needs) };
}
