import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lifeboat-launch-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** The launcher on a machine whose programs are the ones in the folder. */
const launch = (...args: readonly string[]) => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'launch.mjs'), ...args],
    { env: { PATH: folder }, encoding: 'utf8' },
  );
  return [status, stderr];
};

async function installGit(version: string): Promise<void> {
  const git = join(folder, 'git');
  await writeFile(git, `#!/bin/sh\necho "git version ${version}"\n`);
  await chmod(git, 0o755);
}

test('without git it says what to install', () => {
  expect(launch('start')).toEqual([1, expect.stringContaining('there is no git on the PATH')]);
});

test('a git that is too old is named with its version', async () => {
  await installGit('2.30.2');
  const sentence = 'Lifeboat needs git 2.36 or newer; this is 2.30.2.';
  expect(launch('start')).toEqual([1, expect.stringContaining(sentence)]);
});

test('an unknown command is answered with the known ones', () => {
  expect(launch('strat')).toEqual([1, expect.stringContaining('Known: start, lifeboat, test')]);
});
