import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from '../faults/faults.types.ts';
import { printJson } from '../json.models.ts';
import { StatusError, statusOf } from '../status.errors.ts';
import type { Answer } from './call.types.ts';

export const answerOf = (error: StatusError): Answer => ({
  status: error.code,
  body: `${printJson(statusOf(error))}\n`,
  ...(error.code === 429 && { headers: { 'retry-after': '1' } }),
});

/** Sends the answer, or what a fault makes of it. */
export async function respond(
  response: ServerResponse,
  answer: Answer,
  fault?: Fault,
): Promise<void> {
  if (fault && fault.do in mangled) return mangled[fault.do]?.(response, answer, fault);
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, { ...headersOf(answer), 'content-length': body.length });
  response.end(body);
}

const headersOf = ({ contentType = 'application/json', headers }: Answer) => ({
  'content-type': contentType,
  'cache-control': 'no-cache, private',
  ...headers,
});

type Mangle = (response: ServerResponse, answer: Answer, fault: Fault) => void | Promise<void>;

const mangled: Record<string, Mangle> = {
  reset: (response, answer, fault) => {
    if (fault.do !== 'reset' || fault.when === 'before') return void response.destroy();
    const body = Buffer.from(answer.body);
    response.writeHead(answer.status, { ...headersOf(answer), 'content-length': body.length });
    response.write(body.subarray(0, body.length >> 1), () => response.destroy());
  },
  truncate: (response, answer) => {
    const body = Buffer.from(answer.body);
    response.writeHead(answer.status, headersOf(answer));
    response.end(body.subarray(0, body.length >> 1));
  },
  slow: async (response, answer, fault) => {
    const body = Buffer.from(answer.body);
    const step = fault.do === 'slow' ? Math.max(1, fault.bytes) : body.length;
    response.writeHead(answer.status, headersOf(answer));
    for (let sent = 0; sent < body.length && !response.destroyed; sent += step) {
      response.write(body.subarray(sent, sent + step));
      await pause(10);
    }
    response.end();
  },
  html: (response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<!doctype html><title>Sign in</title><form action="/login"></form>');
  },
  'invalid-utf8': (response, answer) => {
    const body = Buffer.from(answer.body);
    body[body.length >> 1] = 0xff;
    response.writeHead(answer.status, headersOf(answer));
    response.end(body);
  },
};

const reasons: Record<number, string> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  409: 'Conflict',
  410: 'Expired',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

/** The answer of a `status` fault. */
export function faultAnswer(
  fault: Extract<Fault, { do: 'status' }>,
  now: Temporal.Instant,
): Answer {
  const { status, retryAfter } = fault;
  const reason = reasons[status] ?? '';
  const message = fault.message ?? `the server answered ${status} on purpose`;
  const { body } = answerOf(new StatusError({ code: status, reason, message }));
  if (retryAfter === undefined) return { status, body };
  const at = new Date(now.epochMilliseconds + 1000).toUTCString();
  return {
    status,
    body,
    headers: { 'retry-after': retryAfter === 'date' ? at : String(retryAfter) },
  };
}
