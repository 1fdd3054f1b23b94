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

/** `said`: what the list was told and has not answered yet, in this order. */
type Typed = { text: string; said: readonly string[] };

const isSaid = ({ text, said }: Typed): boolean => said.at(-1) === text;

/** An answer to an older text, or one from outside while somebody types, takes no letter away. */
function answered(typed: Typed, value: string): Typed | null {
  const at = typed.said.indexOf(value);
  if (at === -1) return isSaid(typed) ? null : typed;
  const said = typed.said.slice(at + 1);
  return isSaid(typed) && said.length === 0 ? null : { ...typed, said };
}

/** What is typed stands there at once; the list hears of it at the first pause, not at each key. */
function useTyped(value: string, onChange: (value: string) => void) {
  const [typed, setTyped] = useState<Typed | null>(null);
  const [last, setLast] = useState(value);
  if (value !== last) {
    setLast(value);
    setTyped(typed && answered(typed, value));
  }
  const sayNow = () => {
    if (typed === null || isSaid(typed)) return;
    setTyped({ ...typed, said: [...typed.said, typed.text] });
    onChange(typed.text);
  };
  const say = useEffectEvent(sayNow);
  useEffect(() => {
    if (typed === null || isSaid(typed)) return undefined;
    const timer = setTimeout(() => say(), pauseMs);
    return () => clearTimeout(timer);
  }, [typed]);
  const type = (text: string) => setTyped({ text, said: typed?.said ?? [] });
  return { text: typed?.text ?? value, type, sayNow };
}
