import { useWindowVirtualizer } from '@tanstack/react-virtual';
import {
  memo,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { count, figure } from '#shared/words/format.models.ts';
import { Button } from './button.tsx';
import styles from './data-table.module.css';
import type { Column } from './column.types.ts';
import { ColumnChoice, useShownColumns } from './column-choice.tsx';
import { Icon } from './icon.tsx';
import { MoreButton, type Pages } from './more-button.tsx';
import { useRowKeys } from './row-keys.ts';
import { SelectAll, SelectOne, type Selection } from './row-selection.tsx';
import { useSteadyRows } from './steady-rows.ts';

type Props<Row> = {
  caption: string;
  /** Under which the choice of columns is remembered. */
  name?: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** What the list is ordered by now. */
  order?: string;
  onOrder?: (order: string) => void;
  /** The row whose details are open. */
  chosen?: string | undefined;
  selection?: Selection<Row> | undefined;
  /** Where the rows come from, page by page: the next one is read before its rows are in sight. */
  query?: Pages;
};

const rowHeight = 37;
const rowsAhead = 10;
const nearEnd = 30;

/** Any number of rows, of which those in sight are drawn; new ones do not move them. */
export function DataTable<Row>(props: Props<Row>) {
  const { caption, name, keyOf, chosen, selection, query } = props;
  const columns = useShownColumns(name, props.columns);
  const table = useRef<HTMLTableElement>(null);
  const { rows, waiting, release, hold } = useSteadyRows(props.rows, keyOf);
  const { drawn, before, after, measure, show } = useRowsInSight(table, rows, keyOf);
  const lastDrawn = drawn.at(-1)?.index ?? 0;
  useReadOn(query, lastDrawn > 0 && lastDrawn >= rows.length - nearEnd);
  useRowKeys(table, { count: rows.length, show });
  const width = columns.length + (selection ? 1 : 0);
  return (
    <>
      {name !== undefined && (
        <div className={styles['tools']}>
          <ColumnChoice name={name} columns={props.columns} />
        </div>
      )}
      <New many={waiting} onShow={release} />
      <table
        ref={table}
        className={styles['table']}
        aria-rowcount={query?.hasNextPage ? -1 : rows.length + 1}
        {...hold}
      >
        <caption className={styles['unseen']}>{caption}</caption>
        <Widths columns={columns} selectable={selection !== undefined} />
        <thead>
          <tr>
            {selection && <SelectAll rows={rows} keyOf={keyOf} selection={selection} />}
            {columns.map((column) => (
              <Head key={column.head} column={column} {...props} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Space height={before} width={width} />
          {drawn.map(({ index, row, key }) => (
            <DataRow
              key={key}
              id={key}
              row={row}
              index={index}
              isChosen={key === chosen}
              columns={columns}
              selection={selection}
              measure={measure}
            />
          ))}
          <Space height={after} width={width} />
        </tbody>
      </table>
      {query && <MoreButton query={query} shown={figure(rows.length)} />}
    </>
  );
}

type HeadProps<Row> = Pick<Props<Row>, 'order' | 'onOrder'> & { column: Column<Row> };

/** Descending is how lists of times and sizes begin; names ascend. */
const ascending = ['name', 'oldest'];

function Head<Row>({
  column: { head, look, order: orders = [] },
  order = '',
  onOrder,
}: HeadProps<Row>) {
  const at = orders.indexOf(order);
  const next = orders[(at + 1) % orders.length];
  const words = <span className={look === 'act' ? styles['unseen'] : undefined}>{head}</span>;
  if (next === undefined || !onOrder)
    return (
      <th scope="col" data-look={look}>
        {words}
      </th>
    );
  const isUp = ascending.includes(order);
  return (
    <th
      scope="col"
      data-look={look}
      {...(at !== -1 && { 'aria-sort': isUp ? 'ascending' : 'descending' })}
    >
      <button type="button" className={styles['order']} onClick={() => onOrder(next)}>
        {words}
        {at !== -1 && <Icon name={isUp ? 'arrowUp' : 'arrowDown'} />}
      </button>
    </th>
  );
}

type RowProps<Row> = Pick<Props<Row>, 'columns' | 'selection'> & {
  id: string;
  row: Row;
  index: number;
  isChosen: boolean;
  measure: (row: HTMLTableRowElement | null) => void;
};

function UnkeptRow<Row>({ id, row, index, isChosen, columns, selection, measure }: RowProps<Row>) {
  return (
    <tr
      ref={measure}
      data-index={index}
      aria-rowindex={index + 2}
      data-chosen={isChosen || selection?.chosen.has(id)}
    >
      {selection && <SelectOne row={row} id={id} selection={selection} />}
      {columns.map(({ head, look, cell }) => (
        <td key={head} data-look={look} data-head={look === 'number' ? head : undefined}>
          {cell(row)}
        </td>
      ))}
    </tr>
  );
}

/** While somebody scrolls, only the rows that come into sight are drawn. */
const DataRow = memo(UnkeptRow) as typeof UnkeptRow;

/** Which rows are drawn, and how much room the others would take. */
function useRowsInSight<Row>(
  table: RefObject<HTMLTableElement | null>,
  rows: readonly Row[],
  keyOf: (row: Row) => string,
) {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const body = table.current?.tBodies[0];
    if (body) setTop(body.getBoundingClientRect().top + window.scrollY);
  }, [table]);
  // It is told apart by the rows in sight, not by identity: nothing here is remembered by it.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowHeight,
    overscan: rowsAhead,
    scrollMargin: top,
  });
  const items = virtual.getVirtualItems();
  const show = useCallback((index: number) => virtual.scrollToIndex(index), [virtual]);
  return {
    drawn: items.flatMap(({ index }) => {
      const row = rows[index];
      return row === undefined ? [] : [{ index, row, key: keyOf(row) }];
    }),
    before: (items[0]?.start ?? top) - top,
    after: virtual.getTotalSize() - ((items.at(-1)?.end ?? top) - top),
    measure: virtual.measureElement,
    show,
  };
}

/** Reads the next page when the last rows come near; after a failure only when somebody presses. */
function useReadOn(query: Pages | undefined, isNear: boolean): void {
  const {
    hasNextPage = false,
    isFetchingNextPage = false,
    isFetchNextPageError = false,
  } = query ?? {};
  const may = isNear && hasNextPage && !isFetchingNextPage && !isFetchNextPageError;
  const readOn = query?.fetchNextPage;
  useEffect(() => {
    if (may) void readOn?.({ cancelRefetch: false });
  }, [may, readOn]);
}

function New({ many, onShow }: { many: number; onShow: () => void }) {
  return (
    <p role="status" className={many > 0 ? styles['new'] : styles['unseen']}>
      {many > 0 && (
        <Button size="small" onClick={onShow}>
          {`Show ${count(many, 'new row')}`}
        </Button>
      )}
    </p>
  );
}

type WidthsProps<Row> = { columns: readonly Column<Row>[]; selectable: boolean };

/** What is always about as wide, in pixels. */
const fixed: Readonly<Record<string, number>> = { state: 136, number: 88, time: 100, act: 128 };

function Widths<Row>({ columns, selectable }: WidthsProps<Row>) {
  const shares = columns.map(({ look = 'text', share = 1 }) => (look in fixed ? 0 : share));
  const all = shares.reduce((sum, share) => sum + share, 0);
  return (
    <colgroup>
      {selectable && <col className={styles['tick']} />}
      {columns.map(({ head, look = 'text' }, at) => (
        <col key={head} style={{ width: fixed[look] ?? `${((shares[at] ?? 0) / all) * 100}%` }} />
      ))}
    </colgroup>
  );
}

/** Stands for the rows that are not drawn. */
function Space({ height, width }: { height: number; width: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden="true" className={styles['space']}>
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- it is only room */}
      <td colSpan={width} style={{ height }} />
    </tr>
  );
}
