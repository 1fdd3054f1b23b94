import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LiveEvent } from '../../src/shared/live/live.contract.ts';

export type StreamProxy = {
  origin: string;
  /** How many streams are open. */
  readers: () => number;
  send: (event: LiveEvent) => void;
  end: () => Promise<void>;
};

/** Passes everything on to a server, but for the live stream: what that says is in the bench's hands. */
export async function startStreamProxy(target: string): Promise<StreamProxy> {
  const streams = new Set<ServerResponse>();
  let sent = 0;
  const server = createServer((incoming, outgoing) => {
    if (incoming.url === '/api/live') {
      outgoing.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      outgoing.flushHeaders();
      streams.add(outgoing);
      outgoing.on('close', () => streams.delete(outgoing));
      return;
    }
    const { host } = new URL(target);
    const headers = { ...incoming.headers, host };
    if (headers.origin !== undefined) headers.origin = target;
    const options = { method: incoming.method ?? 'GET', headers };
    const passed = request(`${target}${incoming.url}`, options, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', (error) => outgoing.destroy(error));
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    readers: () => streams.size,
    send: (event) => {
      sent += 1;
      for (const stream of streams)
        stream.write(`id: bench-${sent}\ndata: ${JSON.stringify(event)}\n\n`);
    },
    end: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
