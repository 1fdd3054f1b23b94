import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { newPostgres } from '../testing/databases.ts';
import { guardPostgres } from './guard-postgres.ts';
import { ProblemError } from './problems.ts';

async function place() {
  const { url, remove } = await newPostgres();
  onTestFinished(remove);
  return url;
}

const never = () => new AbortController().signal;
const newOnLost = () => vi.fn<() => void>();

/** Ends the connections to this database that the condition names, as an administrator can. */
async function cut(url: string, condition: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and ${condition}`,
  );
  await client.end();
}

test('a second process on the same PostgreSQL stands by until the first one is gone', async () => {
  const url = await place();
  const onLost = newOnLost();
  const first = await guardPostgres({ url, signal: never(), onLost });
  let active = false;
  const second = guardPostgres({ url, signal: never(), onLost }).then((guard) => {
    active = true;
    return guard;
  });
  await sleep(150);
  expect(active).toBe(false);
  await first.release();
  await (await second).release();
  expect(onLost).not.toHaveBeenCalled();
});

test('who loses the connection that holds the lock is told', async () => {
  const url = await place();
  const onLost = newOnLost();
  await guardPostgres({ url, signal: never(), onLost });
  await cut(url, 'true');
  await vi.waitFor(() => expect(onLost).toHaveBeenCalledTimes(1));
});

test('who only waits loses nothing when its connection breaks: the start ends with a sentence', async () => {
  const url = await place();
  const [holds, waits] = [newOnLost(), newOnLost()];
  const first = await guardPostgres({ url, signal: never(), onLost: holds });
  const second = guardPostgres({ url, signal: never(), onLost: waits });
  const [told] = await Promise.allSettled([
    second,
    sleep(150).then(() => cut(url, "wait_event_type = 'Lock'")),
  ]);
  expect(told).toMatchObject({ reason: { problem: { code: 'database.unusable' } } });
  expect([holds.mock.calls, waits.mock.calls]).toEqual([[], []]);
  await first.release();
});

test('waiting can be given up, and does not take the lock later', async () => {
  const url = await place();
  const onLost = newOnLost();
  const first = await guardPostgres({ url, signal: never(), onLost });
  const stop = new AbortController();
  const second = guardPostgres({ url, signal: stop.signal, onLost });
  const [told] = await Promise.allSettled([second, sleep(150).then(() => stop.abort('enough'))]);
  expect(told).toMatchObject({ reason: 'enough' });
  await first.release();
  await (await guardPostgres({ url, signal: never(), onLost })).release();
  expect(onLost).not.toHaveBeenCalled();
});

test('an address where nobody listens is told without its password', async () => {
  expect(await refusalAt('postgres://u:secret@127.0.0.1:1/x')).toMatch(/No PostgreSQL answers/);
});

test('a refused password is told without the password', async () => {
  const url = new URL(await place());
  url.password = 'secret';
  expect(await refusalAt(url.href)).toMatch(/refused the password/);
});

async function refusalAt(url: string): Promise<string> {
  const onLost = newOnLost();
  const error = await guardPostgres({ url, signal: never(), onLost }).catch(
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ProblemError)) throw error;
  expect(error.problem.code).toBe('database.unusable');
  expect(JSON.stringify(error.problem)).not.toContain('secret');
  expect(onLost).not.toHaveBeenCalled();
  return error.problem.detail;
}
