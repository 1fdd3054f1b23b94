import { useQuery } from '@tanstack/react-query';
import { useCluster } from '../../lib/cluster.ts';
import { Button } from '../../ui/button.tsx';
import { Copy } from '../../ui/copy.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { QueryState } from '../../ui/region.tsx';
import styles from './backup-view.module.css';
import { objectQuery } from './backups.queries.ts';
import { indented } from '../../ui/indented.models.ts';

type Props = { backup: string; path: string; onBack: () => void };

/** One object as it was, and the way to bring just this one back. */
export function ObjectText({ backup, path, onBack }: Props) {
  const query = useQuery(objectQuery(useCluster(), backup, path));
  return (
    <section aria-label="Object" className={styles['object']}>
      <div className={styles['bar']}>
        <Button size="small" icon="back" onClick={onBack}>
          Back to the list
        </Button>
        <bdi className={styles['path']}>
          {path.replace(/^resources\//, '').replace(/\.json$/, '')}
        </bdi>
        <LinkButton
          size="small"
          to="/restores/new"
          search={(before) => ({
            cluster: before.cluster,
            backup,
            objects: [path],
            conflictPolicy: 'update' as const,
          })}
        >
          Restore this object
        </LinkButton>
      </div>
      <QueryState what="The object" query={query} rows={10}>
        {({ json, redacted }) => (
          <>
            {redacted && <p>The values are left out: reading them needs the right secrets:read.</p>}
            <p>
              <Copy text={json} what="the object as JSON" shown />
            </p>
            {/* It scrolls: without a place in the order of the keyboard only a pointer could. */}
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
            <pre className={styles['text']} tabIndex={0} aria-label="The object as JSON">
              {indented(json)}
            </pre>
          </>
        )}
      </QueryState>
    </section>
  );
}
