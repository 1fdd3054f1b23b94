import type { Change } from '#shared/backups/contents.contract.ts';
import { changedLines, fieldInWords } from './changed-lines.ts';
import styles from './field-change.module.css';

/** So many lines of one field are drawn; the rest is counted. */
const mostLines = 400;

/** A field before and after, line by line. */
export function FieldChange({ change }: { change: Change }) {
  const lines = changedLines(change);
  return (
    <figure className={styles['field']}>
      <figcaption>{fieldInWords(change.path)}</figcaption>
      {/* It scrolls: without a place in the order of the keyboard only a pointer could. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={styles['lines']} tabIndex={0}>
        {lines.slice(0, mostLines).map(({ kind, text, number }) => (
          <div key={number} className={styles['line']} data-kind={kind}>
            <span aria-hidden="true">{kind === 'same' ? ' ' : kind === 'added' ? '+' : '-'}</span>
            {kind !== 'same' && <span className={styles['unseen']}>{kind}: </span>}
            <bdi>{text}</bdi>
          </div>
        ))}
      </div>
      {lines.length > mostLines && <p>{lines.length - mostLines} more lines.</p>}
    </figure>
  );
}
