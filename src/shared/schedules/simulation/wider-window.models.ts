import type { Remedy } from '../preview.contract.ts';
import { clockOf, lengthOf, minuteOf, minutesPerDay, type TimeWindow } from '../window.models.ts';
import { remedyOf } from './finding.models.ts';
import { loadOf } from './load.models.ts';
import { quietestIn } from './quietest.models.ts';
import type { Simulated, World } from './simulation.types.ts';

type Given = { schedules: readonly Simulated[]; world: World; mover: Simulated };

const hoursMore = [1, 2, 3, 4, 6] as const;

/** The window open longer, until there is a time in it at which nothing else runs. */
export function widerWindow({ mover, schedules, world }: Given): Remedy[] {
  const { frequency } = mover;
  if (typeof frequency === 'string') return [];
  const others = schedules.filter((one) => one !== mover);
  const loads = loadOf(others, world);
  for (const wider of hoursMore.flatMap((hours) => widerBy(frequency, hours * 60))) {
    const { load } = quietestIn({ loads, world, mover: { ...mover, frequency: wider } });
    if (load === 0)
      return [
        remedyOf({
          kind: 'widen',
          label: `Let it begin until ${wider.to}`,
          change: { frequency: { ...wider, days: [...wider.days] } },
        }),
      ];
  }
  return [];
}

/** None when it would be open all day. */
function widerBy(window: TimeWindow, minutes: number): TimeWindow[] {
  if (lengthOf(window) + minutes >= minutesPerDay) return [];
  return [{ ...window, to: clockOf(minuteOf(window.to) + minutes) }];
}
