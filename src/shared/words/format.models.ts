const units = ['KiB', 'MiB', 'GiB', 'TiB'] as const;

/** 1536 → `1.5 KiB`. */
export function size(bytes: number): string {
  if (bytes < 1024) return count(bytes, 'byte');
  const power = Math.min(Math.floor(Math.log2(bytes) / 10), units.length);
  const value = bytes / 1024 ** power;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[power - 1]}`;
}

/**
 * 1500 → `1,500`. Whole numbers. By hand: to begin with `Intl` costs a browser 50 ms, and the first
 * thing that any page shows is a figure.
 */
export const figure = (value: number): string => String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',');

/** `1 object`, `1,500 objects`. */
export const count = (value: number, noun: string): string =>
  `${figure(value)} ${value === 1 ? noun : pluralOf(noun)}`;

const pluralOf = (noun: string): string =>
  /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;

const steps = [
  { limit: 60, seconds: 1, unit: 's' },
  { limit: 3600, seconds: 60, unit: 'min' },
  { limit: 86_400, seconds: 3600, unit: 'h' },
  { limit: Infinity, seconds: 86_400, unit: 'd' },
] as const;

/** `850 ms`, `12 s`, `3 min`: what lies between two times, rounded down. */
export function span(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.max(0, Math.round(milliseconds))} ms`;
  const seconds = milliseconds / 1000;
  const step = steps.find(({ limit }) => seconds < limit) ?? steps[3];
  return `${Math.floor(seconds / step.seconds)} ${step.unit}`;
}

/** `12 min ago`, `in 3 d`, `now`. `now`: milliseconds since 1970. */
export function relative(instant: string, now: number): string {
  const distance = now - Date.parse(instant);
  if (Math.abs(distance) < 1000) return 'now';
  return distance > 0 ? `${span(distance)} ago` : `in ${span(-distance)}`;
}

/** `2026-11-23 20:52:39Z`. */
export const absolute = (instant: string): string =>
  `${new Date(instant).toISOString().slice(0, 19).replace('T', ' ')}Z`;

/** 5400 → `1 h 30 min`: exact, without what is nothing. */
export function spanOfSeconds(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [Math.round(seconds % 60), 's'],
  ] as const;
  return (
    parts.flatMap(([value, unit]) => (value > 0 ? [`${value} ${unit}`] : [])).join(' ') || '0 s'
  );
}

/** 2 → `2nd`. */
export function ordinal(count: number): string {
  const isTeen = count % 100 >= 11 && count % 100 <= 13;
  const ending = isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th');
  return `${count}${ending}`;
}
