let ahead = 0;

/** The farthest that a message may have travelled for its time to be worth believing. */
const tolerance = 30_000;

/**
 * Keeps in mind how far this machine's clock is from the server's, whose times are shown. Small
 * differences are the way of the message and are left alone.
 */
export function noteServerTime(header: string | null, now: number = Date.now()): void {
  const server = header === null ? NaN : Date.parse(header);
  if (Number.isNaN(server)) return;
  const difference = server - now;
  ahead = Math.abs(difference) > tolerance ? difference : 0;
}

/** Milliseconds since 1970 as the server counts them. */
export const serverNow = (): number => Date.now() + ahead;
