import { useEffect, useEffectEvent, useId, useState } from 'react';
import styles from './objects.module.css';

type Props = { label?: string; value: string; onChange: (value: string) => void };

/** The field that `/` leads to: narrows the list below it while somebody types. */
export function SearchField({ label = 'Name contains', value, onChange }: Props) {
  const id = useId();
  const { text, type, sayNow } = useTyped(value, onChange);
  return (
    <div className={styles['search']}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="search"
        value={text}
        maxLength={253}
        onChange={(event) => type(event.target.value)}
        // Before what is pressed next: said later, it would take that back.
        onBlur={sayNow}
      />
    </div>
  );
}

const pauseMs = 150;

/** What is typed stands there at once; the list hears of it at the first pause, not at each key. */
function useTyped(value: string, onChange: (value: string) => void) {
  const [typed, setTyped] = useState<{ text: string; isSaid: boolean } | null>(null);
  const [last, setLast] = useState(value);
  if (value !== last) {
    setLast(value);
    // What is typed meanwhile is newer than what comes from outside.
    if (typed?.isSaid) setTyped(null);
  }
  const sayNow = () => {
    if (typed === null || typed.isSaid) return;
    setTyped({ text: typed.text, isSaid: true });
    onChange(typed.text);
  };
  const say = useEffectEvent(sayNow);
  useEffect(() => {
    if (typed === null || typed.isSaid) return undefined;
    const timer = setTimeout(() => say(), pauseMs);
    return () => clearTimeout(timer);
  }, [typed]);
  const type = (text: string) => setTyped({ text, isSaid: false });
  return { text: typed?.text ?? value, type, sayNow };
}
