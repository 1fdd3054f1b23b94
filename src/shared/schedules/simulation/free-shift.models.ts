import type { Remedy } from '../preview.contract.ts';
import { clockOf } from '../window.models.ts';
import { remedyOf } from './finding.models.ts';
import { isOpen } from './is-open.models.ts';
import { meetingsOf, type Slots } from './meetings.models.ts';
import { movedTo } from './moved.models.ts';
import { slotsOf } from './occurrences.models.ts';
import { shifted } from './shift.models.ts';
import type { Simulated, World } from './simulation.types.ts';

type Given = {
  schedules: readonly Simulated[];
  slots: Slots;
  world: World;
  mover: Simulated;
  /** How much later, negative: earlier; tried in this order. */
  minutes: readonly number[];
};

/** The first of these times at which it may begin and meets nobody; none: there is no such time. */
export function freeShift({ minutes, ...given }: Given): Remedy[] {
  const { mover } = given;
  for (const later of minutes) {
    const frequency = shifted(mover.frequency, later);
    if (frequency === null || !isFree(movedTo(mover, frequency), given)) continue;
    const label = `Move ${mover.name} to ${clockIn(frequency)}`;
    return [remedyOf({ kind: 'shift', label, change: { frequency } })];
  }
  return [];
}

function isFree(
  moved: Simulated | null,
  { schedules, slots, world, mover }: Omit<Given, 'minutes'>,
): boolean {
  if (moved === null || !isOpen(moved, world)) return false;
  const others = schedules.filter((one) => one !== mover);
  const all = new Map([...slots, [moved, slotsOf(moved, world.now)]]);
  return meetingsOf([...others, moved], all, moved).length === 0;
}

/** `04:10`, or `:10` when it comes each hour. */
function clockIn(frequency: string): string {
  const [minute = '', hour = ''] = frequency.replace(/^(?:CRON_)?TZ=\S+\s+/, '').split(/\s+/);
  if (hour === '*') return `:${minute.padStart(2, '0')}`;
  return hour
    .split(',')
    .map((one) => clockOf(Number(one) * 60 + Number(minute)))
    .join(', ');
}
