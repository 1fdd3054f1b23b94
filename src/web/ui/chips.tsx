import { figure } from '#shared/words/format.models.ts';
import styles from './chips.module.css';

export type Chip<Value extends string> = { value: Value; label: string; count?: number };

type Props<Value extends string> = {
  /** What is chosen here, for those who do not see it: “What the plan would do”. */
  label: string;
  chips: readonly Chip<Value>[];
  value: Value;
  onChange: (value: Value) => void;
};

/** One of a few, each with its count: a filter that shows what it would leave. */
export function Chips<Value extends string>({ label, chips, value, onChange }: Props<Value>) {
  return (
    <div role="group" aria-label={label} className={styles['chips']}>
      {chips.map((chip) => (
        <button
          key={chip.value}
          type="button"
          className={styles['chip']}
          aria-pressed={chip.value === value}
          onClick={() => onChange(chip.value)}
        >
          {chip.label}
          {chip.count !== undefined && ` ${figure(chip.count)}`}
        </button>
      ))}
    </div>
  );
}
