import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { expect, test, vi } from 'vitest';
import { newPostgres } from '../testing/databases.ts';
import { guardFolder, guardPostgres } from './guard.ts';

const folder = () => mkdtemp(join(tmpdir(), 'lifeboat-guard-'));
const hold = (data: string) => `
  import { guardFolder } from ${JSON.stringify(join(import.meta.dirname, 'guard.ts'))};
  await guardFolder(${JSON.stringify(data)});
  console.log('held');
  setInterval(() => {}, 1000);`;

test('a second process on the same data folder is refused with the first one named', async () => {
  const data = await folder();
  const guard = await guardFolder(data);
  await expect(guardFolder(data)).rejects.toThrow('Another Lifeboat is working on this data.');
  const refused = await guardFolder(data).catch((error: unknown) => error);
  expect(refused).toMatchObject({
    problem: { detail: expect.stringContaining(String(process.pid)) },
  });
  await guard.release();
});

test('a folder whose owner was killed can be used at once', async () => {
  const data = await folder();
  const child = spawn(process.execPath, ['--input-type=module', '-e', hold(data)]);
  await once(child.stdout, 'data');
  await expect(guardFolder(data)).rejects.toThrow('Another Lifeboat');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const guard = await guardFolder(data);
  await guard.release();
  expect(execFileSync('ls', [data], { encoding: 'utf8' })).toContain('owner.json');
});

test('a data folder that cannot be made is told in a sentence', async () => {
  await expect(guardFolder('/dev/null/x')).rejects.toThrow('cannot be opened');
});

test('a second process on the same PostgreSQL stands by until the first one is gone', async () => {
  const place = await newPostgres();
  const { signal } = new AbortController();
  const onLost = vi.fn<() => void>();
  const first = await guardPostgres({ url: place.url, signal, onLost });
  let active = false;
  const second = guardPostgres({ url: place.url, signal, onLost }).then((guard) => {
    active = true;
    return guard;
  });
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(active).toBe(false);
  await first.release();
  await (await second).release();
  expect(onLost).not.toHaveBeenCalled();
  await place.remove();
});

test('who loses the connection that holds the lock is told', async () => {
  const place = await newPostgres();
  const onLost = vi.fn<() => void>();
  await guardPostgres({ url: place.url, signal: new AbortController().signal, onLost });
  await place.remove();
  await vi.waitFor(() => expect(onLost).toHaveBeenCalled());
});
