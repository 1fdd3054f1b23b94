import { useQuery } from '@tanstack/react-query';
import { FieldChange } from '../../ui/field-change.tsx';
import { QueryState } from '../../ui/region.tsx';
import styles from './plan-diff.module.css';
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
