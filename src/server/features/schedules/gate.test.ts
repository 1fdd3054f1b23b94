import { expect, test } from 'vitest';
import type { Run } from '#shared/runs/runs.contract.ts';
import { createGate } from './gate.ts';

const now = Temporal.Instant.from('2026-11-24T12:00:00Z');
const blackout = {
  days: ['tue' as const],
  from: '11:00',
  to: '13:00',
  reason: 'a release',
  timezone: 'UTC',
};

async function shut(run: Pick<Run, 'slot' | 'cluster'>, room: string | null = null) {
  const gate = createGate({
    schedules: { allBlackouts: async () => new Map([['prod', [blackout]]]) },
    resources: { closed: () => room },
    clock: () => now,
  });
  return (await gate())(run as Run)?.because ?? null;
}

const slot = '2026-11-24T11:50:00.000Z';

test('in a blackout no run of a slot begins, and is told until when and why', async () => {
  expect(await shut({ cluster: 'prod', slot })).toBe(
    'Nothing scheduled begins before 2026-11-24 13:00:00Z: a release',
  );
});

test('what people start by hand, and other clusters, are not held back', async () => {
  expect(await shut({ cluster: 'prod', slot: null }, 'no room')).toBeNull();
  expect(await shut({ cluster: 'other', slot })).toBeNull();
});

test('without room a run waits for an hour after its slot, and then runs all the same', async () => {
  expect(await shut({ cluster: 'other', slot }, 'CPU of a node is at 97 %')).toBe(
    'It waits for room, until 2026-11-24 12:50:00Z at most: CPU of a node is at 97 %.',
  );
  expect(await shut({ cluster: 'other', slot: '2026-11-24T10:59:00.000Z' }, 'full')).toBeNull();
});
