import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withLock } from './lock.ts';

const newPath = async () => join(await mkdtemp(join(tmpdir(), 'lifeboat-lock-')), 'build.lock');

test('two builds of the same thing never run at once, and the second one says whom it waits for', async () => {
  const path = await newPath();
  const told = Promise.withResolvers<number>();
  const steps: string[] = [];
  const work = (name: string) => async () => {
    steps.push(`${name} begins`);
    await told.promise; // the first one works until the second one waits for it
    steps.push(`${name} ends`);
  };
  const waiting = told.resolve;
  const first = withLock({ path, waiting }, work('first'));
  await expect.poll(() => steps.length).toBe(1);
  await Promise.all([first, withLock({ path, waiting }, work('second'))]);
  expect(steps).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  expect(await told.promise).toBe(process.pid);
});

test('a lock whose owner died is taken over', async () => {
  const path = await newPath();
  await writeFile(path, '4194304');
  expect(await withLock({ path, waiting: () => {} }, async () => 'built')).toBe('built');
});
