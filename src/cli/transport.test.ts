import { expect, test } from 'vitest';
import { clusters, refusal, running } from './testing/answers.ts';
import { createTerminal, type Reply, typed } from './testing/server.ts';
import { dataFolder } from './transport.ts';

test('a lost connection is tried again under the same idempotency key', async () => {
  let losses = 2;
  const { type, asked } = await createTerminal(() => {
    losses -= 1;
    return losses >= 0 ? 'lost' : { status: 202, body: running };
  });
  const { exit } = await type('backups', 'create', '--cluster', 'sandbox');
  expect([exit, asked.length]).toEqual([0, 3]);
  expect(asked[0]?.key).toMatch(/^[0-9a-f-]{36}$/);
  expect(new Set(asked.map(({ key }) => key)).size).toBe(1);
});

test('after a loss it waits for the answer of the first call', async () => {
  const replies: Reply[] = [
    'lost',
    { status: 409, body: { ...refusal, status: 409, code: 'request.still_running' } },
    { status: 503, body: { ...refusal, status: 503 } },
    { status: 202, body: running },
  ];
  const { type, asked } = await createTerminal(() => replies.shift() ?? 'lost');
  const { exit } = await type('backups', 'create', '--cluster', 'sandbox');
  expect([exit, asked.length]).toEqual([0, 4]);
});

test('two commands have two keys', async () => {
  const { type, asked } = await createTerminal(() => ({ status: 202, body: running }));
  await type('backups', 'create', '--cluster', 'sandbox');
  await type('backups', 'create', '--cluster', 'sandbox');
  expect(new Set(asked.map(({ key }) => key)).size).toBe(2);
});

test('a server that does not come back ends the command with what is known', async () => {
  const { type } = await createTerminal(() => 'lost');
  const { exit, err } = await type('clusters', 'list');
  expect([exit, err]).toEqual([1, expect.stringContaining('look before you ask again')]);
});

test('another server is named by its address, and signed in to by a token', async () => {
  const { createServer } = await import('node:http');
  const seen: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers.authorization);
    response.end(JSON.stringify(clusters));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const env = { LIFEBOAT_URL: `http://127.0.0.1:${port}/`, LIFEBOAT_TOKEN: 'lbt_1' };
  const { exit } = await typed(['clusters', 'list'], { env });
  server.close();
  expect([exit, seen]).toEqual([0, ['Bearer lbt_1']]);
  const gone = await typed(['clusters', 'list'], { env });
  expect([gone.exit, gone.err]).toEqual([1, expect.stringContaining('Check LIFEBOAT_URL')]);
});

test('what is not Lifeboat is said to be so', async () => {
  const { type } = await createTerminal(() => ({ status: 502, body: 'Bad gateway' }));
  const { exit, err } = await type('clusters', 'list');
  expect([exit, err]).toEqual([1, expect.stringContaining("not Lifeboat's")]);
});

test.each([
  [{}, '/given', '/given'],
  [{ LIFEBOAT_DATA: '/from-env' }, undefined, '/from-env'],
  [{ XDG_DATA_HOME: '/xdg', HOME: '/home/me' }, undefined, '/xdg/lifeboat'],
  [{ HOME: '/home/me' }, undefined, '/home/me/.local/share/lifeboat'],
])('with %j and --data %s the data folder is %s', (env, given, folder) => {
  expect(dataFolder(env, given)).toBe(folder);
});
