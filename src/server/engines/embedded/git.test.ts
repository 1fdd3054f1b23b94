import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { fill, type Lab, openLab, problemOf } from './testing/lab.ts';

/** Found once, git is not asked again: these tests stand in the order of a machine being set up. */
const path = process.env['PATH'];
let bin: string;
let lab: Lab;
beforeAll(async () => {
  bin = await mkdtemp(join(tmpdir(), 'lifeboat-bin-'));
  lab = await openLab();
  fill(lab);
});
afterEach(() => {
  process.env['PATH'] = path;
});
afterAll(async () => {
  await lab.close();
  await rm(bin, { recursive: true });
});

/** A program that only knows its version. */
async function installGit(version: string): Promise<void> {
  const script = `#!/bin/sh\necho "git version ${version}"\n`;
  await writeFile(join(bin, 'git'), script, { mode: 0o755 });
  process.env['PATH'] = bin;
}

test('without git a backup is refused with the way out, and nothing is touched', async () => {
  process.env['PATH'] = join(bin, 'empty');
  expect(await problemOf(lab.backup())).toMatchObject({
    code: 'git.missing',
    detail: expect.stringMatching(/Install git 2\.36/),
  });
  const { version, problem } = await lab.engine.describe();
  expect({ version, problem }).toEqual({
    version: 'unknown',
    problem: expect.stringMatching(/git was not found.*Install git/),
  });
  expect(await readdir(lab.data)).not.toContain('repositories');
});

test.each(['1.9.5', '2.20.1', '2.35.9 (Apple Git-137)'])(
  'git %s is too old, and is named',
  async (version) => {
    await installGit(version);
    const problem = await problemOf(lab.backup());
    expect(problem).toMatchObject({ code: 'git.too_old', status: 503 });
    expect(problem.title).toContain(version.split(' ')[0]);
    expect(await readdir(lab.data)).not.toContain('repositories');
  },
);

test('once git is installed the backup works without a new start', async () => {
  expect((await lab.backup()).manifest.state).toBe('completed');
  expect((await lab.engine.describe()).problem).toBeNull();
});
