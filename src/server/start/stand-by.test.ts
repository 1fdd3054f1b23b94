import { once } from 'node:events';
import { get } from 'node:https';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freePorts } from '../../../testbed/ports.ts';
import { makeCertificates } from '../kubernetes/testing/certificates.ts';
import { answerMeanwhile } from './stand-by.ts';

const host = '127.0.0.1';
const never = new AbortController().signal;

async function place() {
  const [port = 0] = await freePorts(1);
  return { host, port, tls: undefined };
}

/** Settles as the signal says, as a lock that nobody gives back. */
const waitFor = (until: AbortSignal) =>
  new Promise<never>((_, reject) =>
    until.addEventListener('abort', () => reject(until.reason as Error), { once: true }),
  );

test('a process that stands by is alive but not ready, and makes way when its turn comes', async () => {
  const at = await place();
  const turn = Promise.withResolvers<string>();
  const waiting = answerMeanwhile(at, never, () => turn.promise);
  const status = async (path: string) =>
    (await fetch(`http://${host}:${at.port}/api/health/${path}`).catch(() => null))?.status;
  await expect.poll(() => status('ready'), { timeout: 3000 }).toBe(503);
  expect(await status('live')).toBe(200);
  turn.resolve('mine');
  expect(await waiting).toBe('mine');
  expect(await status('live')).toBeUndefined();
});

test('with a certificate it stands by over HTTPS too, where probes look for it', async () => {
  const at = { ...(await place()), tls: makeCertificates().server };
  const turn = Promise.withResolvers<void>();
  const waiting = answerMeanwhile(at, never, () => turn.promise);
  const status = () =>
    new Promise<number | undefined>((resolve) => {
      const url = `https://${host}:${at.port}/api/health/ready`;
      get(url, { rejectUnauthorized: false }, (answer) => resolve(answer.resume().statusCode)).on(
        'error',
        () => resolve(undefined),
      );
    });
  await expect.poll(status, { timeout: 3000 }).toBe(503);
  turn.resolve();
  await waiting;
});

test('where the port is taken the waiting ends with a sentence', async () => {
  const blocker = createServer().listen(0, host);
  await once(blocker, 'listening');
  const address = blocker.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await expect(
    answerMeanwhile({ host, port, tls: undefined }, never, waitFor),
  ).rejects.toMatchObject({ problem: { code: 'server.port_taken' } });
  blocker.close();
});

test('told to stop it stops waiting', async () => {
  const stop = new AbortController();
  const waiting = answerMeanwhile(await place(), stop.signal, waitFor);
  stop.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
});
