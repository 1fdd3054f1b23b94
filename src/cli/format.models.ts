const units = ['KiB', 'MiB', 'GiB', 'TiB'] as const;

/** 1536 → `1.5 KiB`. */
export function size(bytes: number): string {
  if (bytes < 1024) return count(bytes, 'byte');
  const power = Math.min(Math.floor(Math.log2(bytes) / 10), units.length);
  const value = bytes / 1024 ** power;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[power - 1]}`;
}

/** 1500 → `1,500`. */
export const figure = (value: number): string => value.toLocaleString('en-US');

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

/** `850 ms`, `12 s`, `3 min`. */
export function span(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.max(0, Math.round(milliseconds))} ms`;
  const seconds = milliseconds / 1000;
  const step = steps.find(({ limit }) => seconds < limit) ?? steps[3];
  return `${Math.floor(seconds / step.seconds)} ${step.unit}`;
}

/** `12 min ago (2026-11-23 20:52:39Z)`; also what is to come: `in 3 d (…)`. */
export function moment(instant: string, now: Temporal.Instant): string {
  const at = Temporal.Instant.from(instant);
  const distance = now.epochMilliseconds - at.epochMilliseconds;
  const absolute = at.toString({ smallestUnit: 'second' }).replace('T', ' ');
  const relative = distance >= 0 ? `${span(distance)} ago` : `in ${span(-distance)}`;
  return `${Math.abs(distance) < 1000 ? 'now' : relative} (${absolute})`;
}

/** Control characters of hostile names must not steer the terminal. */
export const printable = (text: string): string =>
  // eslint-disable-next-line no-control-regex
  text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (character) =>
    character === '\n'
      ? '\\n'
      : `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );

export type Column<T> = { title: string; of: (row: T) => string; right?: true };

/** Columns padded to their widest cell, two spaces apart; the last one is not padded. */
export function table<T>(rows: readonly T[], columns: readonly Column<T>[]): string {
  const cells = [
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map(({ of }) => printable(of(row)))),
  ];
  const widths = columns.map((_, index) =>
    Math.max(...cells.map((row) => row[index]?.length ?? 0)),
  );
  return cells.map((row) => lineOf(row, columns, widths)).join('');
}

function lineOf<T>(
  row: readonly string[],
  columns: readonly Column<T>[],
  widths: readonly number[],
): string {
  const padded = row.map((cell, index) => {
    const width = widths[index] ?? 0;
    return columns[index]?.right ? cell.padStart(width) : cell.padEnd(width);
  });
  return `${padded.join('  ').trimEnd()}\n`;
}

/** `name: value` lines with the values in one column; entries without a value are left out. */
export function fields(entries: readonly (readonly [string, string | null])[]): string {
  const said = entries.filter((entry): entry is readonly [string, string] => entry[1] !== null);
  const width = Math.max(0, ...said.map(([name]) => name.length)) + 2;
  return said.map(([name, value]) => `${`${name}:`.padEnd(width)}${printable(value)}\n`).join('');
}
