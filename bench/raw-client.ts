import { readFileSync } from 'node:fs';
import { Pool } from 'undici';

/** The denominators: what the API server can do at all, without anything of Lifeboat. */
export type RawClient = {
  get: (path: string) => Promise<Buffer>;
  post: (path: string, body: string) => Promise<number>;
  put: (path: string, body: string) => Promise<number>;
  delete: (path: string) => Promise<number>;
  close: () => Promise<void>;
};

export function rawClient(given: { server: string; token: string; caFile?: string }): RawClient {
  const ca = given.caFile ? readFileSync(given.caFile, 'utf8') : undefined;
  const pool = new Pool(given.server, {
    connections: 32,
    ...(ca ? { connect: { ca } } : {}),
  });
  const headers = { authorization: `Bearer ${given.token}` };
  const send = async (method: 'POST' | 'PUT' | 'DELETE', path: string, body: string | null) => {
    const json = { ...headers, 'content-type': 'application/json' };
    const answer = await pool.request({ method, path, headers: json, body });
    await answer.body.dump();
    return answer.statusCode;
  };
  return {
    get: async (path) => {
      const answer = await pool.request({ method: 'GET', path, headers });
      const body = Buffer.from(await answer.body.arrayBuffer());
      if (answer.statusCode !== 200)
        throw new Error(`${path}: ${answer.statusCode} ${body.toString()}`);
      return body;
    },
    post: (path, body) => send('POST', path, body),
    put: (path, body) => send('PUT', path, body),
    delete: (path) => send('DELETE', path, null),
    close: () => pool.close(),
  };
}

const token = /"continue":"([^"]*)"/;

/** Pages of 500, two lists at once, bodies read and thrown away: the floor of every backup. */
export async function rawList(client: RawClient, paths: readonly string[]): Promise<number> {
  const open = [...paths];
  let bytes = 0;
  const work = async () => {
    for (let path = open.shift(); path; path = open.shift()) bytes += await listAll(client, path);
  };
  await Promise.all([work(), work()]);
  return bytes;
}

async function listAll(client: RawClient, path: string): Promise<number> {
  let bytes = 0;
  for (let next = ''; ;) {
    const page = await client.get(
      `${path}?limit=500${next && `&continue=${encodeURIComponent(next)}`}`,
    );
    bytes += page.length;
    next = token.exec(page.subarray(0, 2000).toString('latin1'))?.[1] ?? '';
    if (!next) return bytes;
  }
}

/** As many requests in flight as asked, each started when one ends. */
export async function inFlight<T>(
  items: Iterable<T>,
  limit: number,
  act: (item: T) => Promise<unknown>,
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  const work = async () => {
    for (let step = iterator.next(); !step.done; step = iterator.next()) await act(step.value);
  };
  await Promise.all(Array.from({ length: limit }, work));
}
