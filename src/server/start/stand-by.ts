import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { notReady } from '../features/health/health.errors.ts';
import { type Address, addressRefused } from './listen.ts';

type Place = Address & { tls: { cert: string; key: string } | undefined };

/** How long the lock may take before others are told that this process stands by, milliseconds. */
const quick = 500;

const answer: RequestListener = ({ url }, response) => {
  const alive = url === '/api/health/live';
  const { problem } = notReady('another Lifeboat works on this database; this one stands by.');
  const type = alive ? 'application/json' : 'application/problem+json';
  response.writeHead(alive ? 200 : problem.status, { 'content-type': type, 'retry-after': '2' });
  response.end(JSON.stringify(alive ? { live: true } : problem));
};

/**
 * While `wait` takes long: alive, but not ready, so that nothing is sent here; with the same certificate
 * as later, so that probes need not know. `wait` is given a signal that also comes when the address
 * cannot be listened on: its reason says why.
 */
export async function answerMeanwhile<T>(
  { host, port, tls }: Place,
  signal: AbortSignal,
  wait: (until: AbortSignal) => Promise<T>,
): Promise<T> {
  const refused = new AbortController();
  const server = tls ? createTlsServer(tls, answer) : createServer(answer);
  server.on('error', (error) => refused.abort(addressRefused({ host, port }, error)));
  let opening: Promise<void> | undefined;
  const timer = setTimeout(() => {
    opening = open(server, { host, port });
  }, quick);
  try {
    return await wait(AbortSignal.any([signal, refused.signal]));
  } finally {
    clearTimeout(timer);
    await opening;
    server.closeAllConnections();
    if (server.listening) await once(server.close(), 'close');
  }
}

/** Settles when it listens, or when it is clear that it never will. */
function open(server: Server, { host, port }: Address): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.once('listening', resolve).once('error', () => resolve());
  server.listen(port, host);
  return promise;
}
