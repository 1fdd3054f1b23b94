import { expect, test } from 'vitest';
import { systemClock } from '../../platform/clock.ts';
import { createLog } from '../../platform/log.ts';
import { createScheduler, type SchedulerNeeds } from './scheduler.ts';

const turns = async (many: number) => {
  for (let turn = 0; turn < many; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** A scheduler without schedules that counts how often it reads them. */
function counting({ onRead }: { onRead?: () => void } = {}) {
  const counts = { reads: 0, looks: 0 };
  const needs: SchedulerNeeds = {
    schedules: {
      all: async () => {
        counts.reads += 1;
        if (counts.reads === 1) onRead?.();
        await turns(2);
        return [];
      },
    },
    slots: { unfinished: async () => new Map() },
    clockGuard: { isSound: async () => true },
    measure: async () => {
      counts.looks += 1;
    },
    lookAtQueue: () => undefined,
    isKnown: () => true,
    after: () => () => undefined,
    clock: systemClock,
    log: createLog({ level: 'error' }),
  } as never;
  return { counts, scheduler: createScheduler(needs) };
}

test('thousands of changes at once are one look', async () => {
  const { counts, scheduler } = counting();
  for (let change = 0; change < 1000; change += 1) scheduler.wake();
  await turns(20);
  expect(counts).toEqual({ reads: 1, looks: 1 });
  await scheduler.stop();
});

test('what changes while the schedules are read is read by the next look', async () => {
  const { counts, scheduler } = counting({ onRead: () => scheduler.wake() });
  scheduler.start();
  await turns(20);
  expect(counts).toEqual({ reads: 2, looks: 2 });
  await scheduler.stop();
});
