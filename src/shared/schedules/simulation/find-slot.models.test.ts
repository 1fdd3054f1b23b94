import { expect, test } from 'vitest';
import { findSlots } from './find-slot.models.ts';
import { loadOf } from './load.models.ts';
import { quietestIn } from './quietest.models.ts';
import { type Line, nightly, simulated, world } from './testing/estate.ts';

const options = (mover: Line, others: Line[], over = {}) => {
  const moved = simulated(mover);
  return findSlots({
    mover: moved,
    schedules: [moved, ...others.map((line) => simulated(line))],
    world: world(over),
  });
};
const busy: Line = { name: 'busy', frequency: '0 2 * * *', minutes: 60 };

test('up to three times are offered that are apart and meet nobody', () => {
  const found = options({ name: 'mine', frequency: '30 2 * * *', minutes: 10, takes: 'full' }, [
    busy,
  ]);
  expect(found.map(({ frequency }) => frequency)).toEqual([
    '0 3 * * *',
    '50 1 * * *',
    '30 3 * * *',
  ]);
  expect(found[0]).toMatchObject({
    findingsBefore: 2,
    findingsAfter: 0,
    effect:
      'In 14 days it runs beside others for 0 minutes instead of 140 minutes; 2 findings before, 0 after.',
  });
});

test('an hourly one moves within the hour', () => {
  const each: Line = { name: 'each', frequency: '0 * * * *', minutes: 3 };
  const [first] = options({ name: 'mine', frequency: '0 * * * *', minutes: 1 }, [each]);
  expect(first?.frequency).toBe('59 * * * *');
});

test('nothing is offered where nothing is better, nor for what has no single time', () => {
  expect(options({ name: 'mine', frequency: '0 9 * * *' }, [busy])).toEqual([]);
  expect(options({ name: 'mine', frequency: '*/5 * * * *' }, [busy])).toEqual([]);
});

test('a blackout is avoided', () => {
  const [first] = options({ name: 'mine', frequency: '0 2 * * *' }, [], {
    blackouts: nightly(1, 4),
  });
  expect(first?.frequency).toBe('50 0 * * *');
});

test('in a window the quietest time is picked, the earliest of equals', () => {
  const week = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
  const mover = simulated({
    name: 'mine',
    frequency: { days: week, from: '02:00', to: '04:00' },
    minutes: 10,
  });
  const loads = loadOf([simulated(busy)], world());
  expect(quietestIn({ mover, loads, world: world() })).toEqual({ minutesIn: 60, load: 0 });
});
