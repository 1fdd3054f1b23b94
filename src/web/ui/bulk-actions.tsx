import type { ReactNode } from 'react';
import { count } from '#shared/words/format.models.ts';
import styles from './bulk-actions.module.css';
import { Button } from './button.tsx';

type Props = {
  /** One of them: `backup`. */
  what: string;
  many: number;
  onNone: () => void;
  children: ReactNode;
};

/** Above a table in which rows are chosen: how many, and what can be done with all of them. */
export function BulkActions({ what, many, onNone, children }: Props) {
  return (
    <div role="group" aria-label={`Chosen ${what}s`} className={styles['bar']}>
      <p role="status">{count(many, what)} chosen</p>
      {children}
      <Button size="small" onClick={onNone}>
        Choose none
      </Button>
    </div>
  );
}
