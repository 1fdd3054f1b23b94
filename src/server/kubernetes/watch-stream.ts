import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { type Headers, assertJsonType, header, refusal } from './answers.ts';
import { ApiError } from './api-error.ts';
import { type ExchangeNeeds, requestHeaders, withCredentials } from './exchange.ts';
import { connectionFailure, invalidBody } from './failures.ts';
import type { Session } from './link.ts';

const longestLine = 64 * 1024 * 1024;

/**
 * Opens a watch and gives its lines as they come; ends when the server ends it. Silence for longer than
 * `watchSilence` is a `Timeout`. Throws `ApiError`, also for what goes wrong half-way.
 */
export async function openWatch(
  needs: ExchangeNeeds,
  path: string,
  signal: AbortSignal,
): Promise<AsyncIterable<Buffer>> {
  const body = await withCredentials(needs.link, (session) => open(needs, session, path, signal));
  return lines(needs.server, body);
}

async function open(
  needs: ExchangeNeeds,
  session: Session,
  ...[path, signal]: [string, AbortSignal]
): Promise<Readable> {
  const { server, timing } = needs;
  const response = await session.dispatcher
    .request({
      origin: session.origin,
      path: session.prefix + path,
      method: 'GET',
      headers: requestHeaders(session, {}, false),
      signal,
      headersTimeout: timing.headers,
      bodyTimeout: timing.watchSilence,
    })
    .catch((error: unknown) => {
      throw connectionFailure(server, error);
    });
  const headers: Headers = response.headers;
  needs.onDate(header(headers, 'date'));
  if (response.statusCode === 200 && isJson(server, headers, response.body)) return response.body;
  const body = await response.body.arrayBuffer().catch((error: unknown) => {
    throw connectionFailure(server, error);
  });
  const answer = { status: response.statusCode, headers, body: Buffer.from(body) };
  throw refusal(server, answer, needs.now());
}

function isJson(server: string, headers: Headers, body: Readable): boolean {
  try {
    assertJsonType(server, headers);
    return true;
  } catch (error) {
    body.on('error', () => {}).destroy();
    throw error;
  }
}

/** Cuts at line feeds, which JSON has only between documents here. What is not ended by one is no event. */
async function* lines(server: string, body: Readable): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of failing(server, body)) {
    let rest = chunk;
    for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10)) {
      yield whole(server, [...parts, rest.subarray(0, end)]);
      rest = rest.subarray(end + 1);
      parts = [];
      length = 0;
    }
    if (rest.length > 0) parts.push(rest);
    length += rest.length;
    if (length > longestLine) throw invalidBody(server, 'has an event of more than 64 MB');
  }
}

function whole(server: string, parts: Buffer[]): Buffer {
  const line = Buffer.concat(parts);
  if (!isUtf8(line)) throw invalidBody(server, 'is not UTF-8');
  return line;
}

async function* failing(server: string, body: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of body) yield chunk as Buffer;
  } catch (error) {
    throw error instanceof ApiError ? error : connectionFailure(server, error);
  }
}
