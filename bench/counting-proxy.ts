import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands between the engine and an API server and counts what it is asked. */
export type CountingProxy = {
  server: string;
  lists: () => number;
  /** Σ ⌈n/500⌉ over the kinds listed, as the answers told. */
  pagesNeeded: () => number;
  mostAtOnce: () => number;
  close: () => Promise<void>;
};

export async function countingProxy(target: string): Promise<CountingProxy> {
  const objects = new Map<string, number>();
  const counts = { lists: 0, now: 0, most: 0 };
  const server = createServer((incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', target);
    const list = url.searchParams.has('limit');
    if (list) {
      counts.lists++;
      counts.most = Math.max(counts.most, ++counts.now);
    }
    const passed = request(
      url,
      { method: incoming.method, headers: incoming.headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => {
          if (list) chunks.push(chunk);
          outgoing.write(chunk);
        });
        answer.on('end', () => {
          outgoing.end();
          if (!list) return;
          counts.now--;
          const items =
            (JSON.parse(Buffer.concat(chunks).toString()) as { items?: unknown[] }).items ?? [];
          objects.set(url.pathname, (objects.get(url.pathname) ?? 0) + items.length);
        });
      },
    );
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    server: `http://127.0.0.1:${port}`,
    lists: () => counts.lists,
    pagesNeeded: () =>
      objects.values().reduce((sum, count) => sum + Math.max(1, Math.ceil(count / 500)), 0),
    mostAtOnce: () => counts.most,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
