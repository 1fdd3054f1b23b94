import { parseCron } from '../cron/cron-parse.models.ts';
import type { Simulated } from './simulation.types.ts';

/** The same schedule with another expression; null when that cannot be read. */
export function movedTo(mover: Simulated, frequency: string): Simulated | null {
  const parsed = parseCron(frequency, 'calendar');
  if (!parsed.ok || mover.timetable === null) return null;
  return { ...mover, frequency, timetable: { ...mover.timetable, cron: parsed.cron } };
}
