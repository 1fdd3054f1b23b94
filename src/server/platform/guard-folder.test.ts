import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { expect, onTestFinished, test } from 'vitest';
import { guardFolder } from './guard-folder.ts';
import { ProblemError } from './problems.ts';

const isRoot = process.getuid?.() === 0;
const newFolder = () => mkdtempSync(join(tmpdir(), 'lifeboat-guard-'));
const hold = (data: string) => `
  import { guardFolder } from ${JSON.stringify(join(import.meta.dirname, 'guard-folder.ts'))};
  await guardFolder(${JSON.stringify(data)});
  console.log('held');
  setInterval(() => {}, 1000);`;

async function problemOf(data: string) {
  const error = await guardFolder(data).catch((thrown: unknown) => thrown);
  if (!(error instanceof ProblemError)) throw error;
  return error.problem;
}

test('a second process on the same data folder is refused with the first one named', async () => {
  const data = newFolder();
  const guard = await guardFolder(data);
  const problem = await problemOf(data);
  expect(problem).toMatchObject({
    code: 'data.in_use',
    detail: expect.stringContaining(`process ${process.pid}`),
  });
  await guard.release();
});

test('an owner that cannot be read out is still an owner', async () => {
  const data = newFolder();
  const guard = await guardFolder(data);
  writeFileSync(join(data, 'owner.json'), '{"pid":');
  expect((await problemOf(data)).detail).toMatch(/does not say which process/);
  await guard.release();
});

test('with patience the folder is taken as soon as its owner goes', async () => {
  const data = newFolder();
  const first = await guardFolder(data);
  const second = guardFolder(data, { patience: 5000 });
  await first.release();
  const guard = await second;
  expect((await problemOf(data)).code).toBe('data.in_use');
  await guard.release();
});

test('a folder whose owner was killed can be used at once', async () => {
  const data = newFolder();
  const child = spawn(process.execPath, ['--input-type=module', '-e', hold(data)]);
  await once(child.stdout, 'data');
  await expect(guardFolder(data)).rejects.toThrow('Another Lifeboat');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const guard = await guardFolder(data);
  await guard.release();
  expect(JSON.parse(readFileSync(join(data, 'owner.json'), 'utf8'))).toMatchObject({
    pid: process.pid,
  });
});

test('a file in the place of the folder is told as that', async () => {
  const file = join(newFolder(), 'file');
  writeFileSync(file, 'kept');
  for (const data of [file, join(file, 'data'), '/dev/null/x'])
    expect(await problemOf(data)).toMatchObject({
      code: 'data.folder_unusable',
      title: `The data folder ${data} cannot be used.`,
      detail: expect.stringContaining('A file is where a folder is needed'),
    });
  expect(readFileSync(file, 'utf8')).toBe('kept');
});

test.runIf(process.platform === 'linux')(
  'a file system without folders of ours is told as that, at once',
  async () => {
    const problem = await problemOf('/proc/lifeboat');
    expect(problem.detail).toMatch(/lets nobody make folders/);
  },
);

test('a lock that is no lock any more is not called in use', async () => {
  const data = newFolder();
  writeFileSync(join(data, 'owner.lock'), 'x'.repeat(4096));
  expect(await problemOf(data)).toMatchObject({
    code: 'data.folder_unusable',
    detail: expect.stringContaining('owner.lock in it was overwritten'),
  });
});

test('a folder that may not be written is told as that, and nothing is made in it', async () => {
  const data = newFolder();
  if (isRoot) mountReadOnly(data);
  else chmodSync(data, 0o500);
  const problem = await problemOf(data);
  expect(problem.code).toBe('data.folder_unusable');
  expect(problem.detail).toMatch(isRoot ? /read-only/ : /may not write/);
  expect(`${problem.title} ${problem.detail}`).not.toMatch(/database/i);
  expect(readdirSync(data)).toEqual([]);
});

/** Rights do not bind root: a file system does. */
function mountReadOnly(folder: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', folder]);
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
}
