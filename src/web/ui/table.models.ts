import type { ReactNode } from 'react';

export type Column<Row> = {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** What it is sorted by; without it the column cannot be sorted. */
  sortBy?: (row: Row) => string | number;
  /** Numbers stand right, their unit in the header. */
  align?: 'end';
  /** Pixels below which its content is of no use. */
  minWidth: number;
  /** Share of the room that is left over; none: it keeps its `minWidth`. */
  grow?: number;
  /** Given up first when there is no room: 3, then 2, then 1; none: it always stays. */
  givesWay?: 1 | 2 | 3;
  /** Shown only when the reader chooses it. */
  hiddenAtFirst?: true;
};

export type Sort = { column: string; descending: boolean };
export type Keys = ReadonlySet<string>;

/** Which columns have room in `width` pixels, of those that the reader wants to see. */
export function columnsThatFit<Row>(
  columns: readonly Column<Row>[],
  hidden: Keys,
  width: number,
): Column<Row>[] {
  let shown = columns.filter(({ id }) => !hidden.has(id));
  for (const level of [3, 2, 1] as const) {
    if (widthOf(shown) <= width) break;
    shown = shown.filter(({ givesWay }) => givesWay !== level);
  }
  return shown;
}

const gap = 12;
const widthOf = (columns: readonly { minWidth: number }[]): number =>
  columns.reduce((sum, { minWidth }) => sum + minWidth + gap, 0);

/** The tracks of a row as `grid-template-columns` takes them. */
export function tracksOf<Row>(columns: readonly Column<Row>[], selectable: boolean): string {
  const tracks = columns.map(({ minWidth, grow }) =>
    grow === undefined ? `${minWidth}px` : `minmax(0, ${grow}fr)`,
  );
  return [...(selectable ? ['32px'] : []), ...tracks].join(' ');
}

/** The sort after a press on a header: ascending, descending, and so on. */
export function nextSort(sort: Sort | null, column: string): Sort {
  return { column, descending: sort?.column === column ? !sort.descending : false };
}

const steps: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
const page = 10;

/** Where a key leads from row `at` of `count` rows; null: the key is not ours. */
export function rowAfterKey(key: string, at: number, count: number): number | null {
  const last = count - 1;
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  if (key === 'PageDown') return Math.min(at + page, last);
  if (key === 'PageUp') return Math.max(at - page, 0);
  const step = steps[key];
  return step === undefined ? null : Math.min(Math.max(at + step, 0), last);
}

/** The selection after row `to` was chosen; with `from`, everything between is chosen too. */
export function selectionAfter(
  selected: Keys,
  keys: readonly string[],
  { to, from }: { to: number; from: number | null },
): Set<string> {
  const next = new Set(selected);
  const key = keys[to];
  if (key === undefined) return next;
  if (from !== null) {
    for (const one of keys.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(one);
  } else if (!next.delete(key)) next.add(key);
  return next;
}
