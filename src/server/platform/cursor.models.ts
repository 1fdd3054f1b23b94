import * as z from 'zod/mini';
import { cursorInvalid } from './cursor.errors.ts';

/** Position of a keyset page, made opaque: the values of the last row's sort key. */
export const encodeCursor = (key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

/** Throws a `ProblemError` for anything that `encodeCursor` did not make for this key. */
export function decodeCursor<T extends z.ZodMiniType>(schema: T, cursor: string): z.output<T> {
  const parsed = schema.safeParse(fromText(Buffer.from(cursor, 'base64url').toString()));
  if (!parsed.success) throw cursorInvalid();
  return parsed.data;
}

function fromText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw cursorInvalid();
  }
}

/** Where lists ordered by time or by size stand: milliseconds since 1970 or bytes, then id. */
export const timeKey = z.tuple([z.int(), z.string()]);
export const namesKey = z.tuple([z.string(), z.string()]);
export const numberKey = z.tuple([z.int()]);
export const textKey = z.tuple([z.string()]);

/** `rows` holds one more than `limit` when there is another page. */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  keyOf: (row: T) => readonly (string | number)[],
): { items: T[]; next: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, next: more ? encodeCursor(keyOf(last)) : null };
}
