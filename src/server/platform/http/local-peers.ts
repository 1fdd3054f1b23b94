import { chmod, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { connect, type Socket } from 'node:net';
import { ProblemError } from '../problems.ts';

export type LocalPeers = {
  /** True for calls that came through the socket file: whoever may open it may read the data folder. */
  has: (socket: Socket) => boolean;
  /** Serves the same routes on a socket file (0600) beside TCP. Takes over a file that nobody serves. */
  listen: (path: string, serve: RequestListener) => Promise<{ close: () => Promise<void> }>;
};

const longest = process.platform === 'darwin' ? 103 : 107;

const pathTooLong = (path: string) =>
  new ProblemError({
    code: 'server.socket_path_too_long',
    status: 500,
    title: `The socket ${path} would have a name of more than ${longest} bytes.`,
    detail: 'Nothing was started. Choose a data folder with a shorter path (--data).',
  });

const socketTaken = (path: string) =>
  new ProblemError({
    code: 'server.socket_taken',
    status: 500,
    title: `Another process answers on ${path}.`,
    detail: 'Nothing was started. Stop that one, or choose another data folder (--data).',
  });

/**
 * Each connection is marked as it arrives. Its address could not tell: a TCP connection that has ended
 * has no address either.
 */
export function createLocalPeers(): LocalPeers {
  const marked = new WeakSet<Socket>();
  return {
    has: (socket) => marked.has(socket),
    listen: async (path, serve) => {
      if (Buffer.byteLength(path) > longest) throw pathTooLong(path);
      if (await answers(path)) throw socketTaken(path);
      await rm(path, { force: true });
      const server = createServer(serve);
      server.on('connection', (socket) => marked.add(socket));
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(path, resolve);
      });
      await chmod(path, 0o600);
      return { close: () => closed(server) };
    },
  };
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path);
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => resolve(false));
  });
}

function closed(server: ReturnType<typeof createServer>): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeIdleConnections();
  });
}
