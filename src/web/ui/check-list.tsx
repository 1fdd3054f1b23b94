import { useId, useState } from 'react';
import styles from './check-list.module.css';

export type CheckOption = { value: string; label: string; note: string };

type Props = {
  legend: string;
  /** What an empty choice means. */
  all: string;
  options: readonly CheckOption[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
};

/** More than that are found by typing: nobody reads ten thousand boxes. */
const shownAtOnce = 50;

/** Some of many, or all of them when none is chosen. */
export function CheckList({ legend, all, options, chosen, onChange }: Props) {
  const [search, setSearch] = useState('');
  const found = options.filter(
    ({ value, label }) => label.includes(search.trim().toLowerCase()) || chosen.includes(value),
  );
  const shown = found.filter(({ value }, index) => index < shownAtOnce || chosen.includes(value));
  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  return (
    <fieldset className={styles['checks']}>
      <legend>{legend}</legend>
      <p className={styles['hint']}>
        {chosen.length === 0 ? `${all}.` : `${chosen.length} chosen.`}
      </p>
      {options.length > 8 && <Find legend={legend} value={search} onChange={setSearch} />}
      <ul className={styles['boxes']}>
        {shown.map((option) => (
          <li key={option.value}>
            <label className={styles['box']}>
              <input
                type="checkbox"
                checked={chosen.includes(option.value)}
                onChange={() => toggle(option.value)}
              />
              <bdi className={styles['boxName']}>{option.label}</bdi>
              <span className={styles['note']}>{option.note}</span>
            </label>
          </li>
        ))}
      </ul>
      {found.length > shown.length && (
        <p className={styles['hint']}>{found.length - shown.length} more: type to find them.</p>
      )}
    </fieldset>
  );
}

type FindProps = { legend: string; value: string; onChange: (value: string) => void };

function Find({ legend, value, onChange }: FindProps) {
  const id = useId();
  return (
    <div className={styles['search']}>
      <label htmlFor={id}>Find in {legend.toLowerCase()}</label>
      <input
        id={id}
        type="search"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
