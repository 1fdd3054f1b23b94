import { existsSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { testLog } from '../testing/app.ts';
import { roomFor } from './http/room.ts';
import { openReserve } from './reserve.ts';

const size = 100_000;

/** A disk that says it has as much room as the test wants. */
async function lab({ free }: { free: number }, folder = mkdtempSync(join(tmpdir(), 'lifeboat-'))) {
  const disk = { free };
  const { log } = testLog();
  const needs = { folder, log, size, refillEvery: 20, free: async () => disk.free };
  const reserve = await openReserve(needs);
  onTestFinished(reserve.close);
  const file = join(folder, 'reserve');
  return { disk, folder, file, reserve, isHeld: () => existsSync(file) };
}

test('with room there is a reserve, whole from the moment it has its name, for its owner alone', async () => {
  const { file, isHeld } = await lab({ free: 10 * size });
  await expect.poll(isHeld).toBe(true);
  expect([statSync(file).size, statSync(file).mode & 0o777]).toEqual([size, 0o600]);
});

test('with little room no reserve is made: it must not be what fills the disk', async () => {
  const { reserve, isHeld } = await lab({ free: 2 * size - 1 });
  await reserve.close();
  expect(isHeld()).toBe(false);
});

test('it is given up when the disk is full, and made again when there is room', async () => {
  const { disk, reserve, isHeld } = await lab({ free: 10 * size });
  await expect.poll(isHeld).toBe(true);
  await reserve.giveUpIfLow();
  expect(isHeld()).toBe(true);
  disk.free = 0;
  await reserve.giveUpIfLow();
  expect(isHeld()).toBe(false);
  disk.free = 10 * size;
  await expect.poll(isHeld).toBe(true);
});

test('what was given up is kept for what frees space: anything else is told that the disk is full', async () => {
  const { disk, reserve, isHeld } = await lab({ free: 10 * size });
  await expect.poll(isHeld).toBe(true);
  disk.free = 0;
  await roomFor({ method: 'POST', permission: 'backups:create' }, reserve);
  await roomFor({ method: 'DELETE', permission: 'backups:delete' }, reserve);
  expect(isHeld()).toBe(false);
  disk.free = size - 1;
  const other = roomFor({ method: 'POST', permission: 'backups:create' }, reserve);
  await expect(other).rejects.toMatchObject({ problem: { code: 'server.disk_full', status: 507 } });
  await roomFor({ method: 'POST', permission: 'maintenance:start' }, reserve);
  await roomFor({ method: 'GET', permission: 'backups:read' }, reserve);
});

test('a start on a full disk gives it up at once; what a crash left of it is written over', async () => {
  const first = await lab({ free: 10 * size });
  await expect.poll(first.isHeld).toBe(true);
  await first.reserve.close();
  const second = await lab({ free: 0 }, first.folder);
  expect(second.isHeld()).toBe(false);
  await second.reserve.close();
  writeFileSync(`${second.file}.new`, 'half');
  const third = await lab({ free: 10 * size }, first.folder);
  await expect.poll(third.isHeld).toBe(true);
  expect([statSync(third.file).size, existsSync(`${third.file}.new`)]).toEqual([size, false]);
});
