import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import type { Column } from './column.types.ts';
import { DataTable } from './data-table.tsx';
import { draw } from './testing/draw.tsx';

// jsdom lays nothing out: without a height every row would be in sight.
vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(37);
vi.spyOn(window, 'scrollTo').mockImplementation(() => undefined);

type Row = { id: string; size: number };
const columns: readonly Column<Row>[] = [
  { head: 'Name', cell: ({ id }) => <a href={`#${id}`}>{id}</a> },
  { head: 'Size', look: 'number', cell: ({ size }) => size },
];
const rowsOf = (many: number): Row[] =>
  Array.from({ length: many }, (_, size) => ({ id: `backup-${size}`, size }));
const given = { caption: 'Backups', columns, keyOf: ({ id }: Row) => id };
const names = () => screen.getAllByRole('link').map(({ textContent }) => textContent);

test('of 100,000 rows those in sight are drawn, and a screen reader is told how many there are', () => {
  draw(<DataTable {...given} rows={rowsOf(100_000)} />);
  expect(screen.getAllByRole('row').length).toBeLessThan(80);
  expect(screen.getByRole('table', { name: 'Backups' }).getAttribute('aria-rowcount')).toBe(
    '100001',
  );
});

test('new rows wait while somebody points at the list, and come when asked for', async () => {
  const { user, again } = draw(<DataTable {...given} rows={rowsOf(3).slice(1)} />);
  fireEvent.pointerEnter(screen.getByRole('table'));
  again(<DataTable {...given} rows={rowsOf(3)} />);
  expect(names()).toEqual(['backup-1', 'backup-2']);
  await user.click(screen.getByRole('button', { name: 'Show 1 new row' }));
  expect(names()).toEqual(['backup-0', 'backup-1', 'backup-2']);
});

test('nobody looks: new rows are there at once', () => {
  const { again } = draw(<DataTable {...given} rows={rowsOf(3).slice(1)} />);
  again(<DataTable {...given} rows={rowsOf(3)} />);
  expect(names()).toEqual(['backup-0', 'backup-1', 'backup-2']);
});

test('j and k take the focus from row to row, and stop at the ends', async () => {
  const { user } = draw(<DataTable {...given} rows={rowsOf(2)} />);
  await user.keyboard('j');
  expect(document.activeElement?.textContent).toBe('backup-0');
  await user.keyboard('jj');
  expect(document.activeElement?.textContent).toBe('backup-1');
  await user.keyboard('k');
  expect(document.activeElement?.textContent).toBe('backup-0');
});

function Choosing({ onChoose }: { onChoose: (chosen: ReadonlySet<string>) => void }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const onChange = (next: ReadonlySet<string>) => {
    setChosen(next);
    onChoose(next);
  };
  const labelOf = ({ id }: Row) => `Select ${id}`;
  return <DataTable {...given} rows={rowsOf(3)} selection={{ chosen, onChange, labelOf }} />;
}

test('rows are chosen one by one, all at once, and none again', async () => {
  const onChoose = vi.fn<(chosen: ReadonlySet<string>) => void>();
  const { user } = draw(<Choosing onChoose={onChoose} />);
  await user.click(screen.getByRole('checkbox', { name: 'Select backup-1' }));
  expect(onChoose).toHaveBeenLastCalledWith(new Set(['backup-1']));
  const all = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Select all that are shown' });
  expect(all.indeterminate).toBe(true);
  await user.click(all);
  expect(onChoose).toHaveBeenLastCalledWith(new Set(['backup-0', 'backup-1', 'backup-2']));
  await user.click(all);
  expect(onChoose).toHaveBeenLastCalledWith(new Set());
});

test('the next page is read when the last rows come near, and not again after it failed', () => {
  const fetchNextPage = vi.fn<() => Promise<never>>();
  const query = { hasNextPage: true, isFetchingNextPage: false, fetchNextPage } as const;
  const { again } = draw(
    <DataTable {...given} rows={rowsOf(20)} query={{ ...query, isFetchNextPageError: false }} />,
  );
  expect(fetchNextPage).toHaveBeenCalledTimes(1);
  again(
    <DataTable {...given} rows={rowsOf(20)} query={{ ...query, isFetchNextPageError: true }} />,
  );
  expect(fetchNextPage).toHaveBeenCalledTimes(1);
  expect(screen.getByText(/20 shown/)).toBeDefined();
  expect(within(screen.getByText(/20 shown/)).getByRole('button')).toBeDefined();
});

test('a head orders the list, says how it is ordered, and a second press turns it round', async () => {
  const onOrder = vi.fn<(order: string) => void>();
  const ordered = [{ ...columns[0]!, order: ['newest', 'oldest'] }, columns[1]!];
  const { user } = draw(
    <DataTable {...given} columns={ordered} rows={rowsOf(2)} order="newest" onOrder={onOrder} />,
  );
  const head = screen.getByRole('columnheader', { name: 'Name' });
  expect(head.getAttribute('aria-sort')).toBe('descending');
  await user.click(within(head).getByRole('button'));
  expect(onOrder).toHaveBeenCalledWith('oldest');
  expect(screen.getByRole('columnheader', { name: 'Size' }).hasAttribute('aria-sort')).toBe(false);
});

test('a column that is not needed is switched off, and stays so in this browser', async () => {
  const some = [columns[0]!, { ...columns[1]!, optional: true }];
  const part = <DataTable {...given} columns={some} name="backups" rows={rowsOf(2)} />;
  const { user } = draw(part);
  await user.click(screen.getByRole('button', { name: 'Columns' }));
  await user.click(screen.getByRole('checkbox', { name: 'Size' }));
  expect(screen.queryByRole('columnheader', { name: 'Size' })).toBeNull();
  cleanup();
  draw(part);
  expect(screen.queryByRole('columnheader', { name: 'Size' })).toBeNull();
  expect(screen.getByRole('columnheader', { name: 'Name' })).toBeDefined();
});
