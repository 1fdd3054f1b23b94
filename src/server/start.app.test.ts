import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { Run } from '#shared/runs/runs.contract.ts';
import { newData, startLifeboat } from './testing/lifeboat.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

async function place() {
  const { data, remove } = await newData();
  onTestFinished(remove);
  return data;
}

/** The process itself, until it ends. */
async function run(argv: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [main, ...argv], {
    env: { PATH: process.env['PATH'], HOME: '/nowhere', ...env },
  });
  let said = '';
  child.stdout.on('data', (part) => (said += part));
  child.stderr.on('data', (part) => (said += part));
  const [code] = await once(child, 'close');
  return { code, said };
}

test('a port that is taken, a host without TLS, a wrong setting: each is one sentence and a code', async () => {
  const data = await place();
  const blocker = createServer().listen(0, '127.0.0.1');
  await once(blocker, 'listening');
  const address = blocker.address();
  const port = typeof address === 'object' ? String(address?.port) : '';
  const flags = ['--cluster', 'sandbox', '--data', data];
  const taken = await run([...flags, '--port', port]);
  expect([taken.code, taken.said]).toEqual([
    1,
    expect.stringMatching(/^Another program listens on/),
  ]);
  blocker.close();
  const open = await run([...flags, '--host', '0.0.0.0']);
  expect([open.code, open.said]).toEqual([2, expect.stringMatching(/in plain text/)]);
  const wrong = await run(['--colour', 'red']);
  expect([wrong.code, wrong.said]).toEqual([2, expect.stringMatching(/no setting/)]);
}, 30_000);

test('without git, and with one that is too old, nothing starts', async () => {
  const data = await place();
  const flags = ['--cluster', 'sandbox', '--data', data, '--port', '0'];
  const none = await run(flags, { PATH: '/nowhere' });
  expect([none.code, none.said]).toEqual([1, expect.stringMatching(/git/i)]);
  const folder = join(data, 'bin');
  mkdirSync(folder);
  writeFileSync(join(folder, 'git'), '#!/bin/sh\necho git version 2.20.1\n');
  chmodSync(join(folder, 'git'), 0o755);
  const old = await run(flags, { PATH: `${folder}:/bin:/usr/bin` });
  expect([old.code, old.said]).toEqual([1, expect.stringMatching(/2\.20\.1/)]);
}, 30_000);

test('a second process on the same data folder is refused, and the first goes on', async () => {
  const data = await place();
  const first = await startLifeboat(data);
  await expect(startLifeboat(data)).rejects.toMatchObject({ problem: { code: 'data.in_use' } });
  expect((await first.call('GET', '/api/health/ready')).status).toBe(200);
  await first.stop();
}, 30_000);

test('without the key that sealed the backups nothing starts, and nothing is made in its place', async () => {
  const data = await place();
  const first = await startLifeboat(data);
  const made = await first.call<Run>('POST', '/api/clusters/sandbox/backups', {
    body: { namespaces: ['shop'] },
  });
  expect((await first.over(made.body)).state).toBe('completed');
  await first.stop();
  const other = join(data, 'other-key');
  mkdirSync(other);
  const foreign = await startLifeboat(other);
  await foreign.stop();
  const flags = ['--encryption-key-file', join(other, 'keys', 'keyring')];
  await expect(startLifeboat(data, flags)).rejects.toMatchObject({
    problem: { code: 'keys.missing' },
  });
  const again = await startLifeboat(data);
  expect((await again.call('GET', '/api/health/ready')).status).toBe(200);
  await again.stop();
}, 30_000);

test('what a killed process left half written is gone after the next start, without a new backup', async () => {
  const data = await place();
  const first = await startLifeboat(data);
  const made = await first.call<Run>('POST', '/api/clusters/sandbox/backups', {
    body: { name: 'kept', namespaces: ['shop'] },
  });
  await first.over(made.body);
  await first.stop();
  const gitDir = join(data, 'repositories', 'sandbox.git');
  const git = (...words: string[]) =>
    execFileSync('git', ['--git-dir', gitDir, ...words], { encoding: 'utf8' });
  git('update-ref', 'refs/incoming/half', 'refs/backups/kept');
  const again = await startLifeboat(data);
  expect(git('for-each-ref', 'refs/incoming')).toBe('');
  expect(git('for-each-ref', 'refs/backups')).toContain('refs/backups/kept');
  await again.stop();
}, 30_000);

test('a data folder that cannot be written is told in a sentence', async () => {
  const { code, said } = await run([
    '--cluster',
    'sandbox',
    '--data',
    '/dev/null/x',
    '--port',
    '0',
  ]);
  expect([code, said]).toEqual([1, expect.stringMatching(/^The data folder .* cannot be used/)]);
  expect(said).not.toMatch(/at .*\.ts:/);
}, 20_000);

test('the process prints its address and a sign-in link that works once', async () => {
  const data = await place();
  const child = spawn(
    process.execPath,
    [main, '--cluster', 'sandbox', '--data', data, '--port', '0'],
    {
      env: { PATH: process.env['PATH'], HOME: '/nowhere' },
    },
  );
  let said = '';
  child.stdout.on('data', (part) => (said += part));
  await expect.poll(() => said, { timeout: 15_000 }).toMatch(/Stop with Ctrl-C/);
  const [, url, link] = /(http:\S+)\/#link=(\S+)/.exec(said) ?? [];
  const signIn = () =>
    fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: String(url) },
      body: JSON.stringify({ link }),
    });
  expect((await signIn()).status).toBe(200);
  expect((await signIn()).status).toBeGreaterThanOrEqual(400);
  child.kill('SIGTERM');
  const [code] = await once(child, 'close');
  expect(code).toBe(0);
}, 30_000);
