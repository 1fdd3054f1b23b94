import { useQuery } from '@tanstack/react-query';
import type { Change } from '#shared/backups/backups.contract.ts';
import { QueryState } from '../../ui/region.tsx';
import { changedLines } from './changed-lines.models.ts';
import styles from './plan-diff.module.css';
import { fieldInWords } from './restore-words.models.ts';
import { planDiffQuery } from './restores.queries.ts';

type Props = { cluster: string; plan: string; path: string };

/** What would change in one object: the live one, and how it would be after the restore. */
export function PlanDiff({ cluster, plan, path }: Props) {
  const query = useQuery(planDiffQuery(cluster, plan, path));
  return (
    <section aria-label="What would change" className={styles['diff']}>
      <h2>
        <bdi>
          {path
            .split('/')
            .at(-1)
            ?.replace(/\.json$/, '')}
        </bdi>{' '}
        <span className={styles['aside']}>live, and after the restore</span>
      </h2>
      <QueryState what="The difference" query={query}>
        {({ sealed, changes }) => (
          <>
            {sealed && (
              <p className={styles['aside']}>
                Its values are secret: only the names of keys are shown.
              </p>
            )}
            {changes.length === 0 && <p>Nothing differs.</p>}
            {changes.map((change) => (
              <FieldChange key={change.path} change={change} />
            ))}
          </>
        )}
      </QueryState>
    </section>
  );
}

/** So many lines of one field are drawn; the rest is counted. */
const mostLines = 400;

function FieldChange({ change }: { change: Change }) {
  const lines = changedLines(change);
  return (
    <figure className={styles['field']}>
      <figcaption>{fieldInWords(change.path)}</figcaption>
      <div className={styles['lines']}>
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
