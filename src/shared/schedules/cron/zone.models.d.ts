/** A stretch of time in which a zone's clocks run evenly. Seconds since 1970; `until` is outside. */
export type ZoneSegment = {
  from: number;
  until: number;
  offset: number;
};
export type Zone = {
  id: string;
  /** The stretch that holds this second. */
  segment: (second: number) => ZoneSegment;
};
/** Null when the runtime's zone data has no such zone. Zones are kept: they are asked for over and over. */
export declare function zoneOf(id: string): Zone | null;
/** A zone of the IANA database: bare offsets such as `+02:00` know no change of clocks. */
export declare function isZone(id: string): boolean;
