const units: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** `36h` in milliseconds. The contract has checked the form. */
export const milliseconds = (duration: string): number =>
  Number(duration.slice(0, -1)) * (units[duration.slice(-1)] ?? 0);
