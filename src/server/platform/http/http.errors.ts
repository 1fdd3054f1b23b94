import type { Problem } from '#shared/http/problem.ts';
import { ProblemError } from '../problems.ts';
import { broken, isDiskFull, noRoom } from '../problems.errors.ts';

export const routeUnknown = () =>
  new ProblemError({
    code: 'request.address_unknown',
    status: 404,
    title: 'There is nothing at this address.',
    detail: 'Nothing was changed. /api lists what there is.',
  });

export const hostUnknown = () =>
  new ProblemError({
    code: 'request.host_unknown',
    status: 421,
    title: 'Lifeboat does not answer under this host name.',
    detail: 'Nothing was changed. Start it with --public-url and the address that people use.',
  });

export const foreignOrigin = () =>
  new ProblemError({
    code: 'request.foreign_origin',
    status: 403,
    title: 'This call was made by another site, or does not say by which.',
    detail: "Nothing was changed. Use Lifeboat's own pages, or an API token instead of a session.",
  });

export const tooManyCalls = (seconds: number) =>
  new ProblemError(
    {
      code: 'request.too_many',
      status: 429,
      title: 'Too many calls from this address.',
      detail: `Nothing was changed by this one. Try again in ${seconds} s.`,
    },
    undefined,
    seconds,
  );

/** What the framework refuses by itself, by status, in our words. */
const refusals: Readonly<Record<number, Omit<Problem, 'status'>>> = {
  400: {
    code: 'request.malformed',
    title: 'The request is not valid HTTP with a JSON body.',
    detail: 'Nothing was changed. Correct the request and send it again.',
  },
  413: {
    code: 'request.too_large',
    title: 'The body of this request is too large.',
    detail: 'Nothing was changed. Send less at once.',
  },
  414: {
    code: 'request.address_too_long',
    title: 'The address of this request is too long.',
    detail: 'Nothing was changed. Use a shorter one.',
  },
  415: {
    code: 'request.not_json',
    title: 'A body must be JSON, with the content type application/json.',
    detail: 'Nothing was changed. Send it as JSON.',
  },
};

/** Anything thrown on the way, as what may leave the server: never its own text. */
export function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (isDiskFull(error)) return noRoom(error);
  const status = statusOf(error);
  const refusal = status === undefined ? undefined : refusals[status];
  if (status === undefined || refusal === undefined) return broken(error);
  return new ProblemError({ ...refusal, status }, error);
}

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  return typeof error.statusCode === 'number' ? error.statusCode : undefined;
}
