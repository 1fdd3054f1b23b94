import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binding } from '#shared/access/access.contract.ts';
import { isOver, type Run } from '#shared/runs/runs.contract.ts';
import { readConfig } from '../platform/config/config.ts';
import { type Started, startServer } from '../start.ts';
import { testLog } from './app.ts';

type Sent = { body?: unknown; token?: string };
export type Answered<T> = { status: number; body: T; text: string };
/** As the local administrator through the socket; with a token as who has it. */
export type Call = <T = Record<string, unknown>>(
  method: string,
  path: string,
  sent?: Sent,
) => Promise<Answered<T>>;

export type Lifeboat = Started & {
  call: Call;
  data: string;
  /** A token with exactly these rights on the sandbox. */
  tokenFor: (binding: Partial<Binding>) => Promise<string>;
  /** Waits until the run is over. */
  over: (run: Pick<Run, 'id' | 'cluster'>) => Promise<Run>;
  lines: ReturnType<typeof testLog>['lines'];
};

/** A new data folder that goes away with `remove`. */
export async function newData() {
  const data = await mkdtemp(join(tmpdir(), 'lb-'));
  return { data, remove: () => rm(data, { recursive: true, force: true }) };
}

/** The whole server on its sandbox, as `npm start -- --cluster sandbox` runs it. */
export async function startLifeboat(
  data: string,
  flags: string[] = [],
  { log, lines }: Pick<ReturnType<typeof testLog>, 'log' | 'lines'> = testLog(),
): Promise<Lifeboat> {
  const argv = ['--cluster', 'sandbox', '--data', data, '--port', '0', ...flags];
  const started = await startServer({ config: readConfig({ argv, env: {} }), env: {}, log });
  const call = caller(started.url, join(data, 'server.sock'));
  return {
    ...started,
    data,
    lines,
    call,
    tokenFor: async (binding) => {
      const bindings = [{ role: 'viewer', cluster: 'sandbox', ...binding }];
      const body = { name: randomUUID(), bindings };
      const made = await call<{ token: string }>('POST', '/api/tokens', { body });
      if (made.status !== 201) throw new Error(made.text);
      return made.body.token;
    },
    over: async ({ cluster, id }) => {
      for (;;) {
        const { body } = await call<Run>('GET', `/api/clusters/${cluster}/runs/${id}`);
        if (isOver(body.state)) return body;
        await sleep(25);
      }
    },
  };
}

/** Calls a server that runs anywhere on this machine; the owner of its data folder needs no token. */
export function caller(url: string, socketPath: string): Call {
  return <T>(method: string, path: string, { body, token }: Sent = {}) =>
    new Promise<Answered<T>>((resolve, reject) => {
      const payload = body === undefined ? undefined : JSON.stringify(body);
      const headers = {
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      };
      const where = token === undefined ? { socketPath, path } : addressOf(url, path);
      const sent = request({ ...where, method, headers }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => (text += part));
        answer.on('end', () => {
          const parsed = text === '' ? undefined : parse(text);
          resolve({ status: answer.statusCode ?? 0, body: parsed as T, text });
        });
      });
      sent.on('error', reject).end(payload);
    });
}

function addressOf(url: string, path: string) {
  const { hostname, port } = new URL(url);
  return { hostname, port, path };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
