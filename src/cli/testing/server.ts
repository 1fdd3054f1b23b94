import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { exits } from '../cli.errors.ts';
import type { Io } from '../io.types.ts';
import { runLifeboat } from '../run.ts';

export type Asked = {
  method: string;
  path: string;
  body: string;
  key: string | undefined;
  authorization: string | undefined;
};
/** `lost`: the connection breaks after the server has read everything. */
export type Reply = { status?: number; body?: unknown } | 'lost';

/** A server on a socket in a data folder of its own, and a way to type commands against it. */
export async function createTerminal(
  answer: (asked: Asked) => Reply = () => ({}),
  world: Partial<Io> = {},
) {
  const data = await mkdtemp(join(tmpdir(), 'lifeboat-cli-'));
  const asked: Asked[] = [];
  const reply = async (request: IncomingMessage, response: ServerResponse) => {
    const one = await read(request);
    asked.push(one);
    const chosen = answer(one);
    if (chosen === 'lost') return request.socket.destroy();
    response.writeHead(chosen.status ?? 200, { 'content-type': 'application/json' });
    return response.end(chosen.body === undefined ? undefined : JSON.stringify(chosen.body));
  };
  const server = createServer((request, response) => void reply(request, response));
  await new Promise<void>((resolve) => server.listen(join(data, 'server.sock'), resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await rm(data, { recursive: true });
  });
  const type = (...argv: string[]) => typed(['--data', data, ...argv], world);
  return { type, asked, data };
}

/** Nobody and nothing around: no terminal, no files, no input; the clock stands. */
export const quietIo: Io = {
  env: {},
  out: () => {},
  err: () => {},
  columns: null,
  ask: null,
  readStdin: async () => '',
  readFile: async (path) => {
    throw Object.assign(new Error(`no such file ${path}`), { code: 'ENOENT' });
  },
  now: () => Temporal.Instant.from('2026-11-23T12:00:00Z'),
  sleep: async () => {},
};

/** What one command printed, and its exit code. */
export async function typed(argv: readonly string[], world: Partial<Io> = {}) {
  let out = '';
  let err = '';
  const io: Io = {
    ...quietIo,
    out: (written) => (out += written),
    err: (written) => (err += written),
    ...world,
  };
  const specials = [
    { noun: 'serve', verb: '', usage: '', summary: 'Start.', run: async () => exits.done },
  ];
  const exit = await runLifeboat(argv, { io, version: '1.2.3', specials });
  return { exit, out, err };
}

async function read(request: IncomingMessage): Promise<Asked> {
  const header = (name: string) => request.headers[name]?.toString();
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    body: await text(request),
    key: header('idempotency-key'),
    authorization: header('authorization'),
  };
}
