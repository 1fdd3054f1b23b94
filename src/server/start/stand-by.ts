import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { notReady } from '../features/health/health.errors.ts';
import type { Config } from '../platform/config/config.ts';

/** How long the lock may take before others are told that this process stands by, milliseconds. */
const quick = 500;

const answer: RequestListener = ({ url }, response) => {
  const alive = url === '/api/health/live';
  const { problem } = notReady('another Lifeboat works on this database; this one stands by.');
  const type = alive ? 'application/json' : 'application/problem+json';
  response.writeHead(alive ? 200 : problem.status, { 'content-type': type, 'retry-after': '2' });
  response.end(JSON.stringify(alive ? { live: true } : problem));
};

/** While `waiting` takes long: alive, but not ready, so that nothing is sent here. */
export async function answerMeanwhile<T>(
  { host, port }: Pick<Config, 'host' | 'port'>,
  waiting: Promise<T>,
): Promise<T> {
  const server = createServer(answer);
  const timer = setTimeout(() => server.listen(port, host), quick);
  try {
    return await waiting;
  } finally {
    clearTimeout(timer);
    server.closeAllConnections();
    if (server.listening) await once(server.close(), 'close');
  }
}
