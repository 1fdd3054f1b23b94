import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Answer,
  type Headers,
  assertJson,
  assertPage,
  decoded,
  header,
  refusal,
} from './answers.ts';
import { ApiError } from './api-error.ts';
import { connectionFailure, leavesOpen, outcomeUnknown, tooSlow } from './failures.ts';
import type { Link, Session } from './link.ts';
import { type Timing, backoff } from './timing.models.ts';

export type ApiRequest = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With its query, without the prefix of the server. */
  path: string;
  body?: Buffer | string;
  contentType?: string;
  accept?: string;
  /** True when doing it twice is as good as doing it once: reads, dry runs, reviews. */
  repeatable: boolean;
  /** Default `json`: anything else is an error. `page`: JSON that its reader scans to the end. */
  expect?: 'json' | 'page' | 'any';
  signal?: AbortSignal | undefined;
};

export type ExchangeNeeds = {
  server: string;
  link: Link;
  timing: Timing;
  now: () => number;
  random: () => number;
  /** Told the `Date` header of every answer. */
  onDate: (header: string | undefined) => void;
};

export type Exchange = (request: ApiRequest) => Promise<Answer>;

/**
 * One request until it is answered or not worth another try; throws `ApiError`, or the signal's reason.
 * Repeated are: 429, by every method, since the server did nothing; whatever never left this machine;
 * and for repeatable requests also 5xx, lost connections, timeouts and broken bodies. Any other write
 * that may have been carried out ends as `OutcomeUnknown` instead of being carried out twice.
 */
export function createExchange(needs: ExchangeNeeds): Exchange {
  return async (request) => {
    for (let failures = 1; ; failures++) {
      request.signal?.throwIfAborted();
      try {
        return await withCredentials(needs.link, (session) => transmit(needs, session, request));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        const wait = waitBeforeRetry(needs, { failure: error, failures, request });
        if (wait === null) throw request.repeatable ? error : orUnknown(error);
        await pause(wait, request.signal, error);
      }
    }
  };
}

/** A 401 is answered with credentials asked anew, once. */
export async function withCredentials<T>(
  link: Link,
  act: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await link.current();
  try {
    return await act(session);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    return act(await link.renew(session));
  }
}

const retriedStatus = new Set([408, 500, 502, 503, 504]);

function waitBeforeRetry(
  { timing, random }: ExchangeNeeds,
  given: { failure: ApiError; failures: number; request: ApiRequest },
): number | null {
  const { failure, failures, request } = given;
  if (failures >= timing.tries) return null;
  const safe = failure.status === 429 || failure.reason === 'Unreachable';
  const transient = retriedStatus.has(failure.status) || leavesOpen(failure);
  if (!safe && !(request.repeatable && transient)) return null;
  if (failure.retryAfter !== null)
    return failure.retryAfter <= timing.retryAfterCap ? failure.retryAfter : null;
  return backoff(failures, { base: timing.backoffBase, cap: timing.backoffCap }, random);
}

const orUnknown = (failure: ApiError) => (leavesOpen(failure) ? outcomeUnknown(failure) : failure);

/** A caller whose patience ends while we wait learns why we were waiting. */
async function pause(
  wait: number,
  signal: AbortSignal | undefined,
  because: ApiError,
): Promise<void> {
  try {
    await sleep(wait, undefined, signal ? { signal } : {});
  } catch {
    const reason: unknown = signal?.reason;
    throw reason instanceof Error && reason.name === 'TimeoutError' ? because : reason;
  }
}

const checks = { json: assertJson, page: assertPage, any: () => {} };

/** One try. */
async function transmit(
  needs: ExchangeNeeds,
  session: Session,
  request: ApiRequest,
): Promise<Answer> {
  const limit = limited(request.signal, needs.timing.total);
  const answer = await send(needs, session, { ...request, signal: limit.signal })
    .catch((error: unknown) => {
      if (request.signal?.aborted === true) throw request.signal.reason;
      if (limit.signal.aborted) throw tooSlow(needs.server, needs.timing.total);
      throw connectionFailure(needs.server, error);
    })
    .finally(limit.release);
  needs.onDate(header(answer.headers, 'date'));
  const plain = { ...answer, body: await decoded(needs.server, answer) };
  if (plain.status < 200 || plain.status > 299) throw refusal(needs.server, plain, needs.now());
  checks[request.expect ?? 'json'](needs.server, plain);
  return plain;
}

async function send(
  { timing }: ExchangeNeeds,
  session: Session,
  request: ApiRequest & { signal: AbortSignal },
): Promise<Answer> {
  const response = await session.dispatcher.request({
    origin: session.origin,
    path: session.prefix + request.path,
    method: request.method,
    headers: requestHeaders(session, request),
    body: request.body ?? null,
    signal: request.signal,
    headersTimeout: timing.headers,
    bodyTimeout: timing.stall,
  });
  const headers: Headers = response.headers;
  const body = Buffer.from(await response.body.arrayBuffer());
  return { status: response.statusCode, headers, body };
}

/** `gzip` false keeps a watch uncompressed: its events must come through one by one. */
export function requestHeaders(
  session: Session,
  request: Pick<ApiRequest, 'accept' | 'body' | 'contentType'>,
  gzip = session.gzip,
): Record<string, string> {
  return {
    accept: request.accept ?? 'application/json',
    'user-agent': 'lifeboat',
    ...(gzip ? { 'accept-encoding': 'gzip' } : {}),
    ...(session.authorization === undefined ? {} : { authorization: session.authorization }),
    ...(request.body === undefined
      ? {}
      : { 'content-type': request.contentType ?? 'application/json' }),
  };
}

/**
 * The caller's signal and a deadline in one; `release` leaves nothing behind on either. The signal may
 * have been aborted while credentials were looked for: it tells nobody a second time.
 */
function limited(signal: AbortSignal | undefined, milliseconds: number) {
  const controller = new AbortController();
  const abort = () => controller.abort(signal?.reason);
  const timer = setTimeout(() => controller.abort(), milliseconds);
  if (signal?.aborted === true) abort();
  signal?.addEventListener('abort', abort);
  return {
    signal: controller.signal,
    release: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    },
  };
}
