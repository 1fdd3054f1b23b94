import { remembered } from '../remembered.models.ts';

/**
 * A stretch of time in which a zone's clocks run evenly. Seconds since 1970; `until` is outside.
 * `earlier`: the offset before it, its own when there is nothing before.
 */
export type ZoneSegment = { from: number; until: number; offset: number; earlier: number };

export type Zone = {
  id: string;
  /** The stretch that holds this second. */
  segment: (second: number) => ZoneSegment;
};

/**
 * Null when the runtime's zone data has no such zone. Zones are kept: they are asked for over and over.
 * There are some 600, and endless ways to write each in small and capital letters.
 */
export const zoneOf = remembered((id) => (isKnown(id) ? createZone(id) : null), 1000);

/** A zone of the IANA database: bare offsets such as `+02:00` know no change of clocks. */
export const isZone = (id: string): boolean => zoneOf(id) !== null;

function isKnown(id: string): boolean {
  if (!/^[A-Za-z]/.test(id)) return false;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(id).timeZoneId !== '';
  } catch {
    return false;
  }
}

function createZone(id: string): Zone {
  const found: ZoneSegment[] = [];
  let last: ZoneSegment | null = null;
  const segment = (second: number): ZoneSegment => {
    if (last && holds(last, second)) return last;
    last = found.find((one) => holds(one, second)) ?? null;
    if (last) return last;
    last = readSegment(id, second);
    found.push(last);
    return last;
  };
  return { id, segment };
}

const holds = ({ from, until }: ZoneSegment, second: number) => second >= from && second < until;

function readSegment(id: string, second: number): ZoneSegment {
  const at = Temporal.Instant.fromEpochMilliseconds(second * 1000).toZonedDateTimeISO(id);
  const until = at.getTimeZoneTransition('next');
  // The previous transition is strictly before: asked a second later, one at this very second counts.
  const from = at.add({ seconds: 1 }).getTimeZoneTransition('previous');
  return {
    from: from ? secondOf(from) : -Infinity,
    until: until ? secondOf(until) : Infinity,
    offset: offsetOf(at),
    earlier: offsetOf(from?.subtract({ seconds: 1 }) ?? at),
  };
}

const offsetOf = (at: Temporal.ZonedDateTime) => at.offsetNanoseconds / 1e9;

const secondOf = (at: Temporal.ZonedDateTime) => at.epochMilliseconds / 1000;
