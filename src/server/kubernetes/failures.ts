import { ApiError } from './api-error.ts';
import { linkLocalRefused } from './guarded-lookup.ts';

/**
 * Words of ours for `ApiError.reason` when there is no answer: `Unreachable` (nothing was sent),
 * `Closed` (by `close()`), `TlsFailed`, `Timeout`, `ConnectionLost`, `InvalidBody`, `OutcomeUnknown` (a write that may have been
 * carried out), `NoCredentials`, `InvalidName`.
 */
const unreachable = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_PRX_CONN',
  'UND_ERR_ABORTED',
  'UND_ERR_CLOSED',
  linkLocalRefused,
]);
const timeouts = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT']);
const tls =
  /^(ERR_SSL_|ERR_TLS_|ERR_OSSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|UND_ERR_PRX_TLS)/;

/** An error of the HTTP layer as a sentence. `server`: address, for people. */
export function connectionFailure(server: string, cause: unknown): ApiError {
  const { code, text } = innermost(cause);
  if (code === 'UND_ERR_DESTROYED')
    return new ApiError({ status: 0, reason: 'Closed', message: `${server} is no longer in use` });
  const failure = (reason: string, message: string) =>
    new ApiError({ status: 0, reason, message: `${message} (${text})` }, cause);
  if (tls.test(code)) return failure('TlsFailed', `No secure connection to ${server}`);
  if (unreachable.has(code)) return failure('Unreachable', `${server} cannot be reached`);
  if (timeouts.has(code)) return failure('Timeout', `${server} did not answer in time`);
  return failure('ConnectionLost', `The connection to ${server} was lost`);
}

export const tooSlow = (server: string, milliseconds: number) =>
  new ApiError({
    status: 0,
    reason: 'Timeout',
    message: `${server} did not finish its answer within ${milliseconds / 1000} s`,
  });

export const invalidBody = (server: string, what: string, cause?: unknown) =>
  new ApiError(
    { status: 0, reason: 'InvalidBody', message: `${server} sent an answer that ${what}` },
    cause,
  );

export const noCredentials = (server: string, cause: unknown) =>
  new ApiError(
    {
      status: 0,
      reason: 'NoCredentials',
      message: `No credentials for ${server}: ${cause instanceof Error ? cause.message : String(cause)}`,
    },
    cause,
  );

/** After this a write may or may not have been carried out: the caller must look before repeating. */
export function outcomeUnknown(failure: ApiError): ApiError {
  const { details } = failure;
  const message = `${failure.message}; the change may have been made all the same`;
  return new ApiError({ status: 0, reason: 'OutcomeUnknown', message, details }, failure);
}

/** Whether the failure leaves open what the server did with the request. */
export const leavesOpen = (failure: ApiError) =>
  ['Timeout', 'ConnectionLost', 'InvalidBody'].includes(failure.reason);

/** The error that says most: undici and Node wrap it (`cause`, or `errors` of both address families). */
function innermost(error: unknown): { code: string; text: string } {
  if (!(error instanceof Error)) return { code: '', text: String(error) };
  if (error instanceof AggregateError && error.errors.length > 0)
    return innermost(error.errors.at(0));
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known =
    code === 'UND_ERR_DESTROYED' || tls.test(code) || unreachable.has(code) || timeouts.has(code);
  if (!known && error.cause instanceof Error) return innermost(error.cause);
  return { code, text: error.message };
}
