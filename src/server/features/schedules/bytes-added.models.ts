import * as z from 'zod/mini';

const counts = z.record(z.string(), z.number());

/** What a run has added to its location, as its result says, bytes; null: it says nothing. */
export function bytesAdded(result: string | null): number | null {
  if (result === null) return null;
  return counts.parse(JSON.parse(result))['bytesWritten'] ?? null;
}
