import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { Backup } from '#shared/backups/backups.contract.ts';
import { isOver, type Run } from '#shared/runs/runs.contract.ts';
import { freePorts } from '../../testbed/ports.ts';
import { newPostgres } from './testing/databases.ts';
import { caller, newData } from './testing/lifeboat.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const at = '/api/clusters/sandbox';

async function place() {
  const { data, remove } = await newData();
  onTestFinished(remove);
  return data;
}

async function database() {
  const { url, remove } = await newPostgres();
  onTestFinished(remove);
  return url;
}

/** A process of its own, as an operator starts it. */
async function launch(data: string, databaseUrl: string) {
  const [port = 0] = await freePorts(1);
  const argv = [main, '--cluster', 'sandbox', '--data', data, '--port', String(port)];
  const child = spawn(process.execPath, argv, {
    env: { PATH: process.env['PATH'], HOME: '/nowhere', DATABASE_URL: databaseUrl },
    stdio: 'ignore',
  });
  onTestFinished(() => end(child));
  const call = caller(`http://127.0.0.1:${port}`, join(data, 'server.sock'));
  const health = async (path: string) => {
    const url = `http://127.0.0.1:${port}/api/health/${path}`;
    return (await fetch(url).catch(() => null))?.status;
  };
  const until = async (status: number) => {
    await expect.poll(() => health('ready'), { timeout: 20_000, interval: 50 }).toBe(status);
  };
  return { child, call, health, until };
}

async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}

test.each(['SIGTERM', 'SIGKILL'] as const)(
  'a second process on the same PostgreSQL and data folder is alive but not ready until the first ends by %s',
  async (signal) => {
    const [url, data] = [await database(), await place()];
    const first = await launch(data, url);
    await first.until(200);
    const second = await launch(data, url);
    await second.until(503);
    expect([await second.health('live'), await first.health('ready')]).toEqual([200, 200]);
    await end(first.child, signal);
    await second.until(200);
  },
  60_000,
);

test('a process that only stands by stops in order, and the one that works does not notice', async () => {
  const [url, data] = [await database(), await place()];
  const first = await launch(data, url);
  await first.until(200);
  const second = await launch(data, url);
  await second.until(503);
  await end(second.child);
  expect([second.child.exitCode, second.child.signalCode]).toEqual([0, null]);
  expect(await first.health('ready')).toBe(200);
  const cluster = await first.call('GET', at);
  expect(cluster.status).toBe(200);
}, 60_000);

test('a data folder that cannot be used is told at once, not at the first failover', async () => {
  const [url, data] = [await database(), await place()];
  const first = await launch(data, url);
  await first.until(200);
  const second = await launch('/dev/null/x', url);
  await once(second.child, 'exit');
  expect(second.child.exitCode).toBe(1);
}, 60_000);

test('the whole server on PostgreSQL backs up, and lists the same after a restart', async () => {
  const [url, data] = [await database(), await place()];
  const first = await launch(data, url);
  await first.until(200);
  const body = { name: 'nightly' };
  const { body: queued } = await first.call<Run>('POST', `${at}/backups`, { body });
  const ended = await over(first.call, queued);
  expect([ended.state, ended.problem]).toEqual(['completed', null]);
  const list = (one: typeof first) => one.call<{ items: Backup[] }>('GET', `${at}/backups`);
  const before = await list(first);
  expect(before.body.items).toMatchObject([{ id: 'nightly', state: 'completed' }]);
  await end(first.child);
  const second = await launch(data, url);
  await second.until(200);
  expect((await list(second)).body).toEqual(before.body);
  const audit = await second.call<{ intact: boolean }>('GET', '/api/audit/verify');
  expect(audit.body.intact).toBe(true);
}, 60_000);

async function over(call: ReturnType<typeof caller>, { id }: Run): Promise<Run> {
  for (;;) {
    const { body } = await call<Run>('GET', `${at}/runs/${id}`);
    if (isOver(body.state)) return body;
    await sleep(25);
  }
}
