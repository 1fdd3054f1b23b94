import { hash } from 'node:crypto';
import { quotePath } from './git.models.ts';

/** Bytes from `start` to `end` of `source`, behind `prefix`. */
export type Content = { prefix: Buffer; source: Buffer; start: number; end: number };

/** Commands for `git fast-import`, gathered in one piece of memory that is used again and again. */
export type Commands = { bytes: Buffer; at: number };

export const createCommands = (): Commands => ({ bytes: Buffer.allocUnsafe(16 * 1024), at: 0 });

export const contentOf = (source: Buffer): Content => ({
  prefix: empty,
  source,
  start: 0,
  end: source.length,
});
const empty = Buffer.alloc(0);

export const sizeOf = ({ prefix, start, end }: Content): number => prefix.length + end - start;

/** Longer than what `M 100644 <oid> ` and `M 100644 inline` with `data <size>` need besides the path. */
const lineRoom = 96;

/**
 * Adds a file: the id of its content when git has that already, else the content. The id is computed
 * where the content is copied to anyway, with `blob <size>` for the moment where the command's line
 * will be.
 */
export function addFile(
  commands: Commands,
  { path, content }: { path: string; content: Content },
  known: ReadonlySet<string>,
): void {
  const size = sizeOf(content);
  const quoted = quotePath(path);
  const line = `M 100644 inline ${quoted}\ndata ${size}\n`;
  const start = commands.at + Buffer.byteLength(line);
  makeRoom(commands, start - commands.at + size + lineRoom);
  const { bytes } = commands;
  const end = copyTo(bytes, start, content);
  const id = idAt(bytes, start, end);
  if (known.has(id)) {
    commands.at += bytes.write(`M 100644 ${id} ${quoted}\n`, commands.at);
    return;
  }
  bytes.write(line, commands.at);
  bytes[end] = newline;
  commands.at = end + 1;
}
const newline = 0x0a;

/** The id that git gives to a file with this content; the bytes before `start` are overwritten. */
function idAt(bytes: Buffer, start: number, end: number): string {
  const head = `blob ${end - start}\0`;
  bytes.write(head, start - head.length, 'latin1');
  return hash('sha1', bytes.subarray(start - head.length, end));
}

/** Lends the content in one piece: it is overwritten by whatever is added next. */
export function inOnePiece(commands: Commands, content: Content): Buffer {
  makeRoom(commands, sizeOf(content));
  const end = copyTo(commands.bytes, commands.at, content);
  return commands.bytes.subarray(commands.at, end);
}

/** What was added since the last time, in memory of its own, which can be given to another thread. */
export function takeCommands(commands: Commands): Uint8Array<ArrayBuffer> {
  const taken = new Uint8Array(commands.bytes.subarray(0, commands.at));
  commands.at = 0;
  return taken;
}

function copyTo(bytes: Buffer, at: number, { prefix, source, start, end }: Content): number {
  const begin = at + prefix.copy(bytes, at);
  return begin + source.copy(bytes, begin, start, end);
}

function makeRoom(commands: Commands, more: number): void {
  const { bytes, at } = commands;
  if (at + more <= bytes.length) return;
  commands.bytes = Buffer.allocUnsafe(Math.max(bytes.length * 2, at + more));
  bytes.copy(commands.bytes, 0, 0, at);
}
