import type { Endpoint, Request, Result } from '#shared/http/endpoint.ts';
import type { Problem } from '#shared/http/problem.ts';
import { problem } from '#shared/runs/runs.contract.ts';
import { notAProblem, RefusedError } from './cli.errors.ts';
import type { Answer, Send } from './transport.ts';

export type Call = <E extends Endpoint>(at: E, request: Request<E>) => Promise<Result<E>>;

type Loose = {
  params?: Record<string, string>;
  query?: Record<string, string | number>;
  body?: unknown;
};

/** The typed way to ask for more, while showing an answer. */
export function createCall(send: Send): Call {
  return async <E extends Endpoint>(at: E, request: Request<E>) => {
    const answer = await sendTo(send, at, request as Loose);
    return at.response.parse(answer.text === '' ? undefined : JSON.parse(answer.text)) as Result<E>;
  };
}

/** Throws the server's refusal as an error with its sentences. */
export async function sendTo(send: Send, at: Endpoint, request: Loose): Promise<Answer> {
  const { params = {}, query = {}, body } = request;
  const path = at.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  const answer = await send({
    method: at.method,
    path: search === '' ? path : `${path}?${search}`,
    ...(body === undefined ? {} : { body }),
  });
  if (answer.status >= 400) throw new RefusedError(problemOf(answer), answer.text);
  return answer;
}

function problemOf({ status, text }: Answer): Problem {
  try {
    return problem.parse(JSON.parse(text));
  } catch {
    throw notAProblem(status, text);
  }
}
