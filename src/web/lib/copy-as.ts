import type { Endpoint, Request } from '#shared/http/endpoint.ts';
import { addressOf } from './call.ts';

/** The request as curl sends it; address and token come from the environment. */
export function curlOf<E extends Endpoint>(endpoint: E, request: Request<E>): string {
  const { body } = request as { body?: unknown };
  const parts = [
    `curl -X ${endpoint.method} "$LIFEBOAT_URL${addressOf(endpoint, request)}"`,
    '-H "Authorization: Bearer $LIFEBOAT_TOKEN"',
    ...(body === undefined
      ? []
      : [`-H 'Content-Type: application/json'`, `-d ${quoted(JSON.stringify(body))}`]),
  ];
  return parts.join(' \\\n  ');
}

/**
 * The same on the command line. `words`: what stands without a flag; `flags`: by the name of the
 * field, as the contract spells it.
 */
export function commandOf(
  command: string,
  { words = [], flags = {} }: { words?: readonly string[]; flags?: Record<string, unknown> },
): string {
  const given = Object.entries(flags).flatMap(([name, value]) => flagOf(name, value));
  return ['lifeboat', command, ...words.map(quoted), ...given].join(' ');
}

function flagOf(name: string, value: unknown): string[] {
  const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  if (value === undefined || value === null || value === false) return [];
  if (value === true) return [flag];
  return [`${flag} ${quoted(Array.isArray(value) ? value.join(',') : String(value as string))}`];
}

/** For a POSIX shell; bare where that is safe. */
const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
