import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from './folders.ts';

const home = () => mkdtempSync(join(tmpdir(), 'lifeboat-folders-'));

test('a folder is made with the ones above it, for its owner alone; what is there stays', async () => {
  const folder = join(home(), 'a', 'b', 'c');
  await Promise.all([makeFolder(folder), makeFolder(folder)]);
  await makeFolder(folder);
  expect(statSync(join(folder, '..')).mode & 0o777).toBe(0o700);
});

test('a file in the way is an error, as the folder itself and above it', async () => {
  const file = join(home(), 'file');
  writeFileSync(file, '');
  await expect(makeFolder(file)).rejects.toMatchObject({ code: 'ENOTDIR' });
  await expect(makeFolder(join(file, 'x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

test.runIf(process.platform === 'linux')(
  'where the system makes no folders at all the answer is an error, not endless waiting',
  async () => {
    await expect(makeFolder('/proc/lifeboat/data')).rejects.toMatchObject({ code: 'ENOENT' });
  },
);
