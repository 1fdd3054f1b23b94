import type { Endpoint, Request, Result } from '#shared/http/endpoint.ts';
import type { Problem } from '#shared/http/problem.ts';

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
  query?: Record<string, string | number>;
  body?: unknown;
};

export type Call = <E extends Endpoint>(at: E, request: Request<E>) => Promise<Result<E>>;

/** Throws a `CallError` when the server refuses, a `TypeError` when it cannot be reached. */
export async function call<E extends Endpoint>(at: E, request: Request<E>): Promise<Result<E>> {
  const { params = {}, query = {}, body } = request as Loose;
  const path = at.path.replace(/:(\w+)/g, (_, name) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  const response = await fetch(search ? `${path}?${search}` : path, {
    method: at.method,
    ...(body === undefined ? {} : json(body)),
  });
  if (!response.ok) throw new CallError(await problemOf(response));
  return (response.status === 204 ? undefined : await response.json()) as Result<E>;
}

const json = (body: unknown) => ({
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
});

/** Something between us and the server may answer with a page of its own. */
async function problemOf(response: Response): Promise<Problem> {
  if (response.headers.get('content-type')?.includes('json')) return response.json();
  return {
    code: 'server.no_answer',
    status: response.status,
    title: `The server answered ${response.status} without a reason.`,
    detail: 'Nothing is known to have changed; try again.',
  };
}

/** What went wrong as sentences. */
export function sentence(error: unknown): string {
  if (error instanceof CallError) return `${error.problem.title} ${error.problem.detail}`;
  return 'The server did not answer. Nothing is known to have changed; look whether it still runs.';
}
