import { expect, test } from 'vitest';
import type { Run } from '#shared/runs/runs.contract.ts';
import { type Weekday, weekdays } from '#shared/schedules/window.models.ts';
import { createGate } from './gate.ts';

const now = Temporal.Instant.from('2026-11-24T12:00:00Z');
const blackout = {
  days: ['tue'] as Weekday[],
  from: '11:00',
  to: '13:00',
  reason: 'a release',
  timezone: 'UTC',
};

type Asked = Pick<Run, 'slot' | 'cluster'>;

async function gateFor(run: Asked, room: string | null = null, blackouts = [blackout]) {
  const gate = createGate({
    schedules: { allBlackouts: async () => new Map([['prod', blackouts]]) },
    resources: { closed: () => room },
    clock: () => now,
  });
  return (await gate())(run as Run);
}

const shut = async (run: Asked, room?: string) => (await gateFor(run, room))?.because ?? null;

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

test('nobody is told a time at which it would begin when nobody knows one', async () => {
  expect((await gateFor({ cluster: 'other', slot }, 'full'))?.until).toBeNull();
  const always = { ...blackout, days: [...weekdays], from: '00:00', to: '00:00' };
  expect(await gateFor({ cluster: 'prod', slot }, null, [always])).toEqual({
    because: 'Blackouts leave no time in which it could begin: a release',
    until: null,
  });
});
