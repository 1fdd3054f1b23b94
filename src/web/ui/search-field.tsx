import { useId } from 'react';
import styles from './objects.module.css';

type Props = { label?: string; value: string; onChange: (value: string) => void };

/** The field that `/` leads to: narrows the list below it while somebody types. */
export function SearchField({ label = 'Name contains', value, onChange }: Props) {
  const id = useId();
  return (
    <div className={styles['search']}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="search"
        value={value}
        maxLength={253}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
