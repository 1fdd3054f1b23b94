import { createServer } from 'node:net';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { answerMeanwhile } from './stand-by.ts';

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

test('a process that stands by is alive but not ready, and makes way when its turn comes', async () => {
  const port = await freePort();
  const turn = Promise.withResolvers<string>();
  const waiting = answerMeanwhile({ host: '127.0.0.1', port }, turn.promise);
  const status = async (path: string) =>
    (await fetch(`http://127.0.0.1:${port}/api/health/${path}`).catch(() => null))?.status;
  await expect.poll(() => status('ready'), { timeout: 3000 }).toBe(503);
  expect(await status('live')).toBe(200);
  turn.resolve('mine');
  expect(await waiting).toBe('mine');
  expect(await status('live')).toBeUndefined();
});
