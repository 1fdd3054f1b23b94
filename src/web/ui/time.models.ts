const digits = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;

/** `2026-11-23 21:52:39 Europe/Berlin`. */
function inZone(instant: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, ...digits, ...clock });
  return `${format.format(instant).replace(', ', ' ')} ${timeZone}`;
}

/** The same moment in the reader's zone and in UTC; once, when they are the same. */
export function inBothZones(at: string, zone: string): string[] {
  const instant = new Date(at);
  if (Number.isNaN(instant.getTime())) return [at];
  return [...new Set([inZone(instant, zone), inZone(instant, 'UTC')])];
}
