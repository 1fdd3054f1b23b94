/** Milliseconds since 1970 as ISO 8601 in UTC, always with three digits of a second. */
export const toIso = (at: number): string => new Date(at).toISOString();
