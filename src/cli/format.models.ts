import { absolute, relative } from '#shared/words/format.models.ts';

/** `12 min ago (2026-11-23 20:52:39Z)`; also what is to come: `in 3 d (…)`. */
export const moment = (instant: string, now: Temporal.Instant): string =>
  `${relative(instant, now.epochMilliseconds)} (${absolute(instant)})`;

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
