/** `Wed 25 Nov 2026, 02:00`, by the clocks of a zone; as it stands when the zone is not known here. */
export function momentIn(at: string, zone: string): string {
  try {
    return new Date(at).toLocaleString('en-GB', {
      timeZone: zone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
    });
  } catch {
    return at;
  }
}

/** What a change of clocks does to a slot, in words. */
export const whatOfMark = {
  moved: 'moved: its time does not exist that day',
  first: 'the first of two such times that day',
  second: 'the second of two such times that day',
} as const;
