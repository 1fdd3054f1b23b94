import type { Endpoint, Request, Result } from '#shared/http/endpoint.ts';
import type { Problem } from '#shared/http/problem.ts';
import { noteServerTime } from './clock.ts';

/** A refusal of the server, with its sentences ready to be shown. */
export class CallError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.title);
    this.problem = problem;
  }
}

type Loose = {
  params?: Record<string, string>;
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
};

export type CallOptions = {
  signal?: AbortSignal;
  /** A mutation that is sent again under the same key happens once. */
  idempotencyKey?: string;
};

/** Throws a `CallError` when the server refuses, a `TypeError` when it cannot be reached. */
export async function call<E extends Endpoint>(
  at: E,
  request: Request<E>,
  { signal, idempotencyKey }: CallOptions = {},
): Promise<Result<E>> {
  const { body } = request as Loose;
  const response = await fetch(addressOf(at, request), {
    method: at.method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  noteServerTime(response.headers.get('date'));
  if (!response.ok) throw new CallError(await problemOf(response));
  return (response.status === 204 ? undefined : await bodyOf(response)) as Result<E>;
}

/** Where an endpoint is, its parameters filled in: also for links to what is downloaded. */
export function addressOf<E extends Endpoint>(at: E, request: Request<E>): string {
  const { params = {}, query = {} } = request as Loose;
  const path = at.path.replace(/:(\w+)/g, (_, name) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams(
    Object.entries(query)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return search ? `${path}?${search}` : path;
}

const bodyOf = (response: Response): Promise<unknown> =>
  isJson(response) ? response.json() : response.text();

const isJson = (response: Response): boolean =>
  response.headers.get('content-type')?.includes('json') ?? false;

/** Something between us and the server may answer with a page of its own. */
export async function problemOf(response: Response): Promise<Problem> {
  if (isJson(response)) return response.json();
  return {
    code: 'server.no_answer',
    status: response.status,
    title: `The server answered ${response.status} without a reason.`,
    detail: 'Nothing is known to have changed; try again.',
  };
}

export const problemIn = (error: unknown): Problem | null =>
  error instanceof CallError ? error.problem : null;

/** What went wrong as sentences. */
export function sentence(error: unknown): string {
  const problem = problemIn(error);
  if (problem !== null) return `${problem.title} ${problem.detail}`;
  return 'The server did not answer. Nothing is known to have changed; look whether it still runs.';
}
