import type { Endpoint, Result } from '#shared/http/endpoint.ts';
import type { Call } from '../call.ts';

/** What a view may use besides the answer. */
export type Tools = {
  now: Temporal.Instant;
  /** Asks the server for more. */
  call: Call;
  /** Path parameters and query of what was asked. */
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  /** A command to type next, as it is called here. */
  command: (words: string) => string;
};

/** One command's answer for people. */
export type View = { endpoint: Endpoint; show: (text: string, tools: Tools) => Promise<string> };

/** The answer is parsed by the contract; the view then knows its shape. */
export function view<E extends Endpoint>(
  endpoint: E,
  show: (result: Result<E>, tools: Tools) => string | Promise<string>,
): View {
  return {
    endpoint,
    show: async (text, tools) =>
      show(endpoint.response.parse(text === '' ? undefined : JSON.parse(text)) as Result<E>, tools),
  };
}

/** Says how to go on when a list has more pages. */
export const more = (next: string | null): string =>
  next === null ? '' : `There is more: --cursor ${next}, or --all.\n`;
