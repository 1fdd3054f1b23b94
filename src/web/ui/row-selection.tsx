export type Selection<Row> = {
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
  /** What the box beside a row is called: “Select nightly-1”. */
  labelOf: (row: Row) => string;
};

type AllProps<Row> = {
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  selection: Selection<Row>;
};

/** Chooses every row that was read so far, or none. */
export function SelectAll<Row>({ rows, keyOf, selection }: AllProps<Row>) {
  const { chosen, onChange } = selection;
  const isAll = rows.length > 0 && rows.every((row) => chosen.has(keyOf(row)));
  return (
    <th scope="col" data-look="tick">
      <input
        type="checkbox"
        aria-label="Select all that are shown"
        checked={isAll}
        ref={(box) => {
          if (box) box.indeterminate = !isAll && chosen.size > 0;
        }}
        onChange={() => onChange(new Set(isAll ? [] : rows.map(keyOf)))}
      />
    </th>
  );
}

type OneProps<Row> = { row: Row; id: string; selection: Selection<Row> };

export function SelectOne<Row>({ row, id, selection }: OneProps<Row>) {
  const { chosen, onChange, labelOf } = selection;
  const toggle = () => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChange(next);
  };
  return (
    <td data-look="tick">
      <input type="checkbox" aria-label={labelOf(row)} checked={chosen.has(id)} onChange={toggle} />
    </td>
  );
}
