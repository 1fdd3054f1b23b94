import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { all, contextOf, fill, type Lab, openLab, problemOf } from './testing/lab.ts';

/** Permissions do not stop root: a file system that is mounted read-only does. */
const isRoot = process.getuid?.() === 0;
const run = (program: string, ...args: string[]) => execFileSync(program, args);
let data: string;
let lab: Lab;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'lifeboat-read-only-'));
  if (isRoot) run('mount', '-t', 'tmpfs', 'tmpfs', data);
  lab = await openLab({ data, freeSpace: async () => Number.MAX_SAFE_INTEGER });
  fill(lab);
});
afterEach(async () => {
  await lab.close();
  await setWritable(true);
  if (isRoot) run('umount', '-l', data);
  await rm(data, { recursive: true, force: true });
});

async function setWritable(writable: boolean): Promise<void> {
  if (isRoot) run('mount', '-o', `remount,${writable ? 'rw' : 'ro'}`, data);
  else run('chmod', '-R', writable ? 'u+w' : 'a-w', data);
  if (!isRoot) await chmod(data, writable ? 0o700 : 0o500);
}

test('a data folder that became read-only refuses backups with the way out, and still reads', async () => {
  await lab.backup({ name: 'before' });
  await setWritable(false);
  for (const type of ['incremental', 'full'] as const)
    expect(await problemOf(lab.backup({ name: 'refused', type }))).toMatchObject({
      code: 'storage.read_only',
      detail: expect.stringMatching(/can be read/),
    });
  const deleting = lab.engine.deleteBackup({ cluster: 'test', backup: 'before' }, contextOf());
  expect(await problemOf(deleting)).toMatchObject({ code: 'storage.read_only' });
  const verified = await lab.engine.verify({ cluster: 'test', backup: 'before' }, contextOf());
  expect(verified.damaged).toEqual([]);
  expect(await all(lab.engine.backups('test'))).toHaveLength(1);
  await setWritable(true);
  await lab.backup({ name: 'after' });
  expect(await all(lab.engine.backups('test'))).toHaveLength(2);
});

test('a data folder that is read-only from the start is said to be so', async () => {
  await setWritable(false);
  expect(await problemOf(lab.backup())).toMatchObject({ code: 'storage.read_only' });
  expect(await all(lab.engine.backups('test'))).toEqual([]);
});
