import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { Agent, request } from 'undici';
import {
  codeOf,
  connectionLost,
  noServer,
  socketForbidden,
  unreachable,
  type CommandError,
} from './cli.errors.ts';
import type { Io } from './io.types.ts';

export type Answer = { status: number; text: string };
export type Send = (call: {
  method: string;
  /** With its query. */
  path: string;
  body?: unknown;
}) => Promise<Answer>;

type Target = {
  origin: string;
  dispatcher: Agent;
  headers: Record<string, string>;
  /** Nothing answered at all. */
  absent: (cause: unknown) => CommandError;
};

/** Waits before the second, third… attempt: together about as long as a restart of the server takes. */
const pauses = [200, 500, 1000, 2000, 4000];
const neverConnected = ['ENOENT', 'ECONNREFUSED', 'EACCES', 'ENOTFOUND', 'ENAMETOOLONG', 'EINVAL'];

/** Where the data of this user lives, unless `--data` says otherwise. */
export function dataFolder(env: Io['env'], given: string | undefined): string {
  const chosen = given ?? env['LIFEBOAT_DATA'];
  if (chosen) return resolve(chosen);
  const home = env['XDG_DATA_HOME'] || join(env['HOME'] ?? '', '.local', 'share');
  return join(home, 'lifeboat');
}

/**
 * Speaks to the server: by the socket in the data folder, or to `LIFEBOAT_URL`.
 * A lost connection is tried again under the same idempotency key, so nothing happens twice.
 */
export function createSend(
  io: Pick<Io, 'env' | 'sleep'>,
  data: string,
): Send & { close: () => Promise<void> } {
  const target = targetOf(io.env, data);
  const send: Send = async (call) => {
    const attempt = attempter(target, call);
    for (const [index, pause] of [...pauses, null].entries()) {
      const { answer, lost } = await attempt(index);
      if (answer !== undefined && !isForLater(answer, index)) return answer;
      if (pause === null && answer !== undefined) return answer;
      if (pause === null) throw connectionLost(lost);
      await io.sleep(pause);
    }
    throw connectionLost(undefined);
  };
  return Object.assign(send, { close: () => target.dispatcher.close() });
}

/** One attempt after the other with one key; what says that nothing is there ends the first. */
function attempter(target: Target, call: Parameters<Send>[0]) {
  const key = randomUUID();
  return async (index: number): Promise<{ answer?: Answer; lost?: unknown }> => {
    try {
      return { answer: await sendOnce(target, key, call) };
    } catch (error) {
      if (index === 0 && neverConnected.includes(codeOf(error) ?? '')) throw target.absent(error);
      return { lost: error };
    }
  };
}

/** Too many at once; or, after a loss, a server that starts again or still works on the first call. */
function isForLater({ status, text }: Answer, attempt: number): boolean {
  if (status === 429) return true;
  if (attempt === 0) return false;
  return status === 503 || (status === 409 && text.includes('request.still_running'));
}

async function sendOnce(
  { origin, dispatcher, headers }: Target,
  key: string,
  { method, path, body }: Parameters<Send>[0],
): Promise<Answer> {
  const { statusCode, body: answer } = await request(`${origin}${path}`, {
    method,
    dispatcher,
    headers: {
      ...headers,
      ...(method === 'GET' ? {} : { 'idempotency-key': key }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  return { status: statusCode, text: await answer.text() };
}

function targetOf(env: Io['env'], data: string): Target {
  const url = env['LIFEBOAT_URL'];
  if (url !== undefined && url !== '')
    return remote(url.replace(/\/+$/, ''), env['LIFEBOAT_TOKEN']);
  const socket = join(data, 'server.sock');
  return {
    origin: 'http://localhost',
    dispatcher: new Agent({ connect: { socketPath: socket }, headersTimeout: 0, bodyTimeout: 0 }),
    headers: {},
    absent: (cause) =>
      codeOf(cause) === 'EACCES' ? socketForbidden(socket, cause) : noServer(data, cause),
  };
}

function remote(url: string, token: string | undefined): Target {
  return {
    origin: url,
    dispatcher: new Agent({ connect: { timeout: 10_000 } }),
    headers: token ? { authorization: `Bearer ${token}` } : {},
    absent: (cause) => unreachable(url, cause),
  };
}
