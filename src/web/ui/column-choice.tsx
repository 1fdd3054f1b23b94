import { useMemo, useSyncExternalStore } from 'react';
import { changeLook, readLook, subscribeLook } from '../lib/look.ts';
import styles from './column-choice.module.css';
import type { Column } from './column.types.ts';
import { Disclosure } from './disclosure.tsx';

/** The columns of a list that this browser shows: all but those that were switched off there. */
export function useShownColumns<Row>(
  name: string | undefined,
  columns: readonly Column<Row>[],
): readonly Column<Row>[] {
  const { hiddenColumns } = useSyncExternalStore(subscribeLook, readLook);
  const hidden = hiddenColumns[name ?? ''];
  // The same array as long as nothing is switched: rows are drawn again for a new one.
  return useMemo(
    () =>
      hidden === undefined
        ? columns
        : columns.filter(({ head, optional }) => !optional || !hidden.includes(head)),
    [columns, hidden],
  );
}

type Props<Row> = { name: string; columns: readonly Column<Row>[] };

/** Switches columns on and off; remembered in this browser. */
export function ColumnChoice<Row>({ name, columns }: Props<Row>) {
  const { hiddenColumns } = useSyncExternalStore(subscribeLook, readLook);
  const hidden = hiddenColumns[name] ?? [];
  const toggle = (head: string) => {
    const next = hidden.includes(head) ? hidden.filter((one) => one !== head) : [...hidden, head];
    changeLook({ hiddenColumns: { ...hiddenColumns, [name]: next } });
  };
  return (
    <Disclosure label="Columns" icon="columns" active={hidden.length > 0} side="end">
      <fieldset className={styles['choice']}>
        <legend className={styles['unseen']}>Columns that are shown</legend>
        {columns
          .filter(({ optional }) => optional)
          .map(({ head }) => (
            <label key={head}>
              <input
                type="checkbox"
                checked={!hidden.includes(head)}
                onChange={() => toggle(head)}
              />
              {head}
            </label>
          ))}
      </fieldset>
    </Disclosure>
  );
}
