import { isUtf8 } from 'node:buffer';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import * as z from 'zod/mini';
import { ApiError } from './api-error.ts';
import { invalidBody } from './failures.ts';
import { retryAfter } from './timing.models.ts';

export type Headers = Record<string, string | string[] | undefined>;
export type Answer = { status: number; headers: Headers; body: Buffer };

const unzip = promisify(gunzip);
/** A page of 500 objects of 1.5 MB, the largest that etcd takes. */
const largestBody = 768 * 1024 * 1024;

export const header = (headers: Headers, name: string): string | undefined =>
  [headers[name]].flat()[0];

/** Undoes the gzip that we asked for. A cut stream is an error, never a shorter body. */
export async function decoded(server: string, { headers, body }: Answer): Promise<Buffer> {
  const encoding = header(headers, 'content-encoding') ?? 'identity';
  if (encoding === 'identity') return body;
  if (encoding !== 'gzip') throw invalidBody(server, 'is encoded otherwise than asked for');
  try {
    return await unzip(body, { maxOutputLength: largestBody });
  } catch (error) {
    throw invalidBody(server, 'cannot be unzipped', error);
  }
}

/**
 * Throws unless the body is a JSON document in UTF-8: proxies answer 200 with HTML, and a connection that
 * ends early can look like the end.
 */
export function assertJson(server: string, answer: Answer): void {
  assertJsonType(server, answer.headers);
  if (!isUtf8(answer.body)) throw invalidBody(server, 'is not UTF-8');
  parseJson(server, answer.body);
}

/**
 * The same for a page of a list, without parsing what its reader scans anyway: HTTP has counted its
 * bytes, and both ends are looked at. Only where HTTP had no count is it parsed.
 */
export function assertPage(server: string, answer: Answer): void {
  const { headers, body } = answer;
  if (!(header(headers, 'content-length') ?? header(headers, 'transfer-encoding')))
    return assertJson(server, answer);
  assertJsonType(server, headers);
  if (!isUtf8(body)) throw invalidBody(server, 'is not UTF-8');
  if (firstByte(body) !== '{' || lastByte(body) !== '}')
    throw invalidBody(server, 'is not a whole JSON document');
}

/** Throws `ApiError` `InvalidBody`. */
export function parseJson(server: string, body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch (error) {
    throw invalidBody(server, 'is not a whole JSON document', error);
  }
}

export function assertJsonType(server: string, headers: Headers): void {
  const type = header(headers, 'content-type') ?? 'nothing';
  if (!/^application\/([\w.-]+\+)?json\b/.test(type))
    throw invalidBody(server, `is ${mediaType(type)} instead of JSON: is a proxy in between?`);
}

const mediaType = (type: string): string =>
  /^[\w.+-]{1,40}\/[\w.+-]{1,40}/.exec(type)?.[0] ?? 'something';

const status = z.object({
  kind: z.literal('Status'),
  message: z.optional(z.string()),
  reason: z.optional(z.string()),
  details: z.optional(z.unknown()),
});

/**
 * What a non-2xx answer means. `now`: milliseconds since 1970, for `Retry-After` as a date. Only a Status
 * object is quoted: whatever else answers at an address may say things that are not for who named it.
 */
export function refusal(server: string, answer: Answer, now: number): ApiError {
  const said = status.safeParse(parsed(answer.body)).data;
  return new ApiError({
    status: answer.status,
    reason: said?.reason ?? reasons[answer.status] ?? `Status${answer.status}`,
    message: said?.message ?? `${server} answered ${answer.status}, but not as Kubernetes does`,
    details: said?.details,
    retryAfter: retryAfter(header(answer.headers, 'retry-after'), now),
  });
}

/** For answers that are not a Status object. */
const reasons: Record<number, string> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  410: 'Gone',
  413: 'RequestEntityTooLarge',
  422: 'Invalid',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined; // HTML or plain text
  }
}

const blank = (byte: number | undefined) =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

function firstByte(body: Buffer): string {
  let at = 0;
  while (blank(body[at])) at++;
  return String.fromCharCode(body[at] ?? 0);
}

function lastByte(body: Buffer): string {
  let at = body.length - 1;
  while (blank(body[at])) at--;
  return String.fromCharCode(body[at] ?? 0);
}
