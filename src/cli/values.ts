import { fileUnreadable, usedWrongly } from './cli.errors.ts';
import type { Flag } from './flags.models.ts';
import type { Io } from './io.types.ts';

/** The value of a flag from what was written; throws a sentence that names the flag. */
export async function valueOf(flag: Flag, texts: readonly string[], io: Io): Promise<unknown> {
  const name = `--${flag.name}`;
  const last = texts.at(-1) ?? '';
  switch (flag.kind) {
    case 'text':
      return flag.secret && last === '-' ? withoutEnd(await io.readStdin()) : chosen(flag, last);
    case 'document':
      return last.includes('\n') ? last : fromFile(name, last, io);
    case 'number':
      return numberOf(name, last);
    case 'boolean':
      return booleanOf(name, last);
    case 'list':
      return (await Promise.all(texts.map((text) => listOf(name, text, io)))).flat();
    case 'record':
      return Object.assign(
        {},
        ...(await Promise.all(texts.map((text) => recordOf(name, text, io)))),
      );
    case 'json':
      return jsonOf(name, last, io);
  }
}

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
