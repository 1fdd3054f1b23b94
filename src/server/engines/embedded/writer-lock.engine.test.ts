import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { problemOf } from './testing/lab.ts';
import { withWriterLock } from './writer-lock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lifeboat-writer-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('writers of one process wait for each other, in the order in which they came', async () => {
  const order: string[] = [];
  const write = (name: string) =>
    withWriterLock(folder, name, async () => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 10));
      order.push(`${name} ends`);
    });
  await Promise.all([write('first'), write('second')]);
  expect(order).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  expect(await readdir(folder)).toEqual([]);
});

test('a writer that fails lets the next one in', async () => {
  const failing = withWriterLock(folder, 'first', () => Promise.reject(new Error('no')));
  const next = withWriterLock(folder, 'second', async () => 'in');
  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('in');
});

test('while another process writes, a writer is refused and told who it is', async () => {
  const other = await startOwner();
  const problem = await problemOf(withWriterLock(folder, 'mine', async () => undefined));
  expect(problem).toMatchObject({
    code: 'repository.locked',
    title: expect.stringContaining(`process ${other.pid} (a backup)`),
  });
  other.child.kill('SIGKILL');
  await once(other.child, 'close');
  expect(await withWriterLock(folder, 'mine', async () => 'in')).toBe('in');
});

test('what a killed owner left writing is ended before the next writer begins', async () => {
  const other = await startOwner();
  other.child.kill('SIGKILL');
  await once(other.child, 'close');
  expect(isRunning(other.helper)).toBe(true);
  const seen = await withWriterLock(folder, 'mine', async () => isRunning(other.helper));
  expect(seen).toBe(false);
});

/** A process that holds the lock and has a helper which outlives it. */
async function startOwner() {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'testing/lock-owner-child.ts'), folder],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  const [told] = await once(child.stdout, 'data');
  return { child, pid: child.pid, helper: Number(String(told)) };
}

/** Not gone, and not merely waiting for somebody to ask how it ended. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return /^[^ZX]/.test(stdout.trim());
}
