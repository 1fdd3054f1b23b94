import { fileUnreadable, usedWrongly } from './cli.errors.ts';
import type { Flag } from './flags.models.ts';
import type { Io } from './io.types.ts';

type Read = (flag: Flag, texts: readonly string[], io: Io) => unknown;

const lastOf = (texts: readonly string[]): string => texts.at(-1) ?? '';
const nameOf = (flag: Flag): string => `--${flag.name}`;

const readers: Readonly<Record<Flag['kind'], Read>> = {
  text: async (flag, texts, io) =>
    flag.secret && lastOf(texts) === '-'
      ? withoutEnd(await io.readStdin())
      : chosen(flag, lastOf(texts)),
  textOrJson: (flag, texts, io) =>
    lastOf(texts).trimStart().startsWith('{')
      ? jsonOf(nameOf(flag), lastOf(texts), io)
      : lastOf(texts),
  document: (flag, texts, io) =>
    lastOf(texts).includes('\n')
      ? lastOf(texts)
      : fromFile(nameOf(flag), lastOf(texts).replace(/^@/, ''), io),
  number: (flag, texts) => numberOf(nameOf(flag), lastOf(texts)),
  boolean: (flag, texts) => booleanOf(nameOf(flag), lastOf(texts)),
  list: async (flag, texts, io) =>
    (await Promise.all(texts.map((text) => listOf(nameOf(flag), text, io)))).flat(),
  record: async (flag, texts, io) =>
    Object.assign(
      {},
      ...(await Promise.all(texts.map((text) => recordOf(nameOf(flag), text, io)))),
    ) as unknown,
  json: (flag, texts, io) => jsonOf(nameOf(flag), lastOf(texts), io),
};

/** The value of a flag from what was written; throws a sentence that names the flag. */
export const valueOf = async (flag: Flag, texts: readonly string[], io: Io): Promise<unknown> =>
  readers[flag.kind](flag, texts, io);

/** `-` is standard input. The last line end does not count: editors and `echo` add it. */
export async function fromFile(flag: string, path: string, io: Io): Promise<string> {
  try {
    return withoutEnd(await (path === '-' ? io.readStdin() : io.readFile(path)));
  } catch (error) {
    throw fileUnreadable(flag, path, error);
  }
}

const withoutEnd = (text: string): string => text.replace(/\r?\n$/, '');

/** JSON as it stands, or `@file` with JSON. */
export async function jsonOf(flag: string, text: string, io: Io): Promise<unknown> {
  const json = text.startsWith('@') ? await fromFile(flag, text.slice(1), io) : text;
  try {
    return JSON.parse(json);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw usedWrongly(`${flag} is not JSON: ${reason}. Write JSON, or @file for a file with JSON.`);
  }
}

function chosen({ name, choices }: Flag, text: string): string {
  if (choices.length === 0 || choices.includes(text)) return text;
  throw usedWrongly(`--${name} is one of ${choices.join(', ')}, not ${JSON.stringify(text)}.`);
}

function numberOf(flag: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw usedWrongly(`${flag} is a number, not ${JSON.stringify(text)}.`);
}

function booleanOf(flag: string, text: string): boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  throw usedWrongly(`${flag} is true or false, not ${JSON.stringify(text)}.`);
}

/** `a,b`, a JSON array for values with commas, or `@file` with one value a line. */
async function listOf(flag: string, text: string, io: Io): Promise<unknown[]> {
  if (text.startsWith('[')) return jsonArray(flag, await jsonOf(flag, text, io));
  const parts = text.startsWith('@')
    ? (await fromFile(flag, text.slice(1), io)).split('\n')
    : text.split(',');
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

function jsonArray(flag: string, value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw usedWrongly(`${flag} is a list.`);
}

/** `a=b,c=d`, or a JSON object. */
async function recordOf(flag: string, text: string, io: Io): Promise<unknown> {
  if (/^[{@]/.test(text)) return jsonOf(flag, text, io);
  const pairs = text.split(',').map((pair) => pair.split('='));
  if (pairs.every(([key, value, ...more]) => key && value && more.length === 0))
    return Object.fromEntries(pairs);
  throw usedWrongly(`${flag} is written as from=to,other=another, not ${JSON.stringify(text)}.`);
}
