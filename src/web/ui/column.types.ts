import type { ReactNode } from 'react';

/** A column of a table, as data. */
export type Column<Row> = {
  head: string;
  cell: (row: Row) => ReactNode;
  look?: 'state' | 'number' | 'time' | 'act' | 'muted';
  /** A share of the width that is left: columns do not move while the rows do. Default 1. */
  share?: number;
  /** What the list can be ordered by here, in the words of its endpoint; the next press takes the next. */
  order?: readonly string[];
  /** May be switched off by the reader, where the list has a `name`. */
  optional?: boolean;
};
