import { type Arguments, helpOf, isAlsoFile } from './arguments.models.ts';
import { usedWrongly } from './cli.errors.ts';
import { type Command, nameOf } from './commands.models.ts';
import type { Flag } from './flags.models.ts';
import type { Io } from './io.types.ts';
import { fromFile, jsonOf, valueOf } from './values.ts';

/** What is sent, the cluster still open. */
export type CommandRequest = {
  params: Record<string, string>;
  query: Record<string, string>;
  body: Record<string, unknown> | undefined;
};

/** Words and flags become the parts of the request that the endpoint declares. */
export async function requestOf(
  command: Command,
  given: Arguments,
  io: Io,
): Promise<CommandRequest> {
  const request: CommandRequest = {
    params: paramsOf(command, given),
    query: {},
    body: await bodyOf(command, given, io),
  };
  const named = flagWords(command, given);
  for (const flag of command.flags) {
    const texts = [...(named.get(flag.name) ?? []), ...(given.values.get(flag.name) ?? [])];
    const value = await flagValue(flag, { texts, given, io });
    if (value === undefined) requireGiven(flag, { command, request });
    else if (flag.part === 'query') request.query[flag.path.join('.')] = queryText(value);
    else place(request.body ?? {}, flag.path, value);
  }
  return request;
}

async function flagValue(
  flag: Flag,
  { texts, given, io }: { texts: readonly string[]; given: Arguments; io: Io },
): Promise<unknown> {
  const file = given.values.get(`${flag.name}-file`)?.at(-1);
  if (isAlsoFile(flag) && file !== undefined) return fromFile(`--${flag.name}-file`, file, io);
  return texts.length === 0 ? undefined : valueOf(flag, texts, io);
}

async function bodyOf(
  { endpoint, flags }: Command,
  { values }: Arguments,
  io: Io,
): Promise<Record<string, unknown> | undefined> {
  if (endpoint.body === undefined) return undefined;
  const text = values.get('body')?.at(-1);
  const body = text === undefined ? {} : await jsonOf('--body', text, io);
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ...body };
  throw usedWrongly(`--body is a JSON object with ${flags.map(({ name }) => name).join(', ')}.`);
}

function paramsOf(command: Command, { words }: Arguments): Record<string, string> {
  if (words.length > command.positionals.length)
    throw usedWrongly(
      `${nameOf(command)} does not know what to do with ${JSON.stringify(words[command.positionals.length])}.`,
      helpOf(command),
    );
  const params: Record<string, string> = {};
  for (const [index, { name, flag }] of command.positionals.entries()) {
    if (flag !== null) continue;
    const word = words[index];
    if (word !== undefined && word !== '') params[name] = word;
    else if (name !== 'cluster') throw missing(command, name.toUpperCase());
  }
  return params;
}

/** Required texts may stand as words after the path's parameters: `restores start PLAN`. */
function flagWords({ positionals }: Command, { words }: Arguments): Map<string, string[]> {
  const pairs = positionals.flatMap(({ name, flag }, index): [string, string[]][] => {
    const word = words[index];
    return flag === null || word === undefined ? [] : [[name, [word]]];
  });
  return new Map(pairs);
}

function requireGiven(
  flag: Flag,
  { command, request }: { command: Command; request: CommandRequest },
): void {
  if (!flag.required || flag.path.reduce<unknown>(inside, request.body) !== undefined) return;
  throw missing(command, wayToGive(flag, command));
}

function wayToGive(flag: Flag, { positionals }: Command): string {
  if (flag.secret) return `--${flag.name} - (from standard input) or --${flag.name}-file`;
  const asWord = positionals.some((positional) => positional.flag === flag);
  return asWord ? flag.name.toUpperCase() : `--${flag.name}`;
}

const missing = (command: Command, what: string) =>
  usedWrongly(`${nameOf(command)} needs ${what}.`, helpOf(command));

const inside = (value: unknown, field: string): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === field)?.[1]
    : undefined;

/** In a query a list is a comma-separated text. */
const queryText = (value: unknown): string =>
  Array.isArray(value)
    ? value.join(',')
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);

/** Puts a value at its place, making the objects on the way. */
function place(into: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [field = '', ...deeper] = path;
  if (deeper.length === 0) {
    into[field] = value;
    return;
  }
  const inner = { ...(into[field] as Record<string, unknown> | undefined) };
  place(inner, deeper, value);
  into[field] = inner;
}
