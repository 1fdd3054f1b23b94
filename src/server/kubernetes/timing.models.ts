/** Every wait of the client, milliseconds unless the name says otherwise. */
export type Timing = {
  /** Tries of one request, the first included. */
  tries: number;
  backoffBase: number;
  backoffCap: number;
  /** A longer `Retry-After` is not waited for: the request fails and says so. */
  retryAfterCap: number;
  connect: number;
  /** Until the first header; the API server itself gives up on a request after 60 s. */
  headers: number;
  /** Without a byte of the body. */
  stall: number;
  /** One try in all: a body that drips a byte per second ends here. */
  total: number;
  /** A watch without a byte: bookmarks come about every minute, so this one is half-open. */
  watchSilence: number;
  /** `timeoutSeconds` of a watch is drawn between these, so that watches do not end all at once. */
  watchSeconds: readonly [number, number];
  /** At least this long from one list of a watch to its next. */
  relistGap: number;
  watchBackoffCap: number;
};

export const defaultTiming: Timing = {
  tries: 6,
  backoffBase: 500,
  backoffCap: 10_000,
  retryAfterCap: 60_000,
  connect: 10_000,
  headers: 65_000,
  stall: 30_000,
  total: 120_000,
  watchSilence: 90_000,
  watchSeconds: [300, 600],
  relistGap: 1_000,
  watchBackoffCap: 30_000,
};

/**
 * Full jitter: anything between nothing and the doubled step. `failures` counts from 1, `random` gives
 * [0, 1). https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoff(
  failures: number,
  limits: { base: number; cap: number },
  random: () => number,
): number {
  return random() * Math.min(limits.cap, limits.base * 2 ** Math.min(failures - 1, 30));
}

/**
 * `Retry-After` as milliseconds from `now` (milliseconds since 1970): seconds or an HTTP date
 * (RFC 9110 10.2.3). Null when absent or unreadable.
 */
export function retryAfter(header: string | undefined, now: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // Date.parse also takes numbers for years; an HTTP date names its day.
  const at = /^[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
