import type { ReactNode } from 'react';
import { Copy } from './copy.tsx';
import { splitName } from './name.models.ts';
import styles from './name.module.css';

/** So much of the end stays when a name is cut: a time, or the hash that tells pods apart. */
const tailLetters = 8;

type Props = {
  name: string;
  /** What the copy button says it copies; none: no button. */
  what?: string;
  mono?: boolean;
  /** Wraps the text, for a link. */
  children?: (text: ReactNode) => ReactNode;
};

/** A name of any length: cut in the middle, whole on hover, copied by a button on hover and focus. */
export function Name({ name, what = 'the name', mono = false, children }: Props) {
  const { head, tail } = splitName(name, tailLetters);
  const text = (
    <bdi className={mono ? styles['mono'] : styles['text']} title={name}>
      <span className={styles['head']}>{head}</span>
      {tail !== '' && <span className={styles['tail']}>{tail}</span>}
    </bdi>
  );
  return (
    <span className={styles['name']}>
      {children === undefined ? text : children(text)}
      <span className={styles['copy']}>
        <Copy text={name} what={what} />
      </span>
    </span>
  );
}
