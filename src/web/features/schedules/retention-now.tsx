import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { schedulesApi } from '#shared/schedules/schedules.contract.ts';
import { count } from '#shared/words/format.models.ts';
import { useAct } from '../../lib/act.ts';
import { useCluster } from '../../lib/cluster.ts';
import { keys } from '../../lib/keys.ts';
import { useMay } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Region } from '../../ui/region.tsx';
import { Time } from '../../ui/time.tsx';
import { retentionQuery } from './schedules.queries.ts';
import styles from './schedules.module.css';

const shown = 50;

/** Which backups stay and why; applied by itself, unless more than half would go. */
export function RetentionNow({ name }: { name: string }) {
  const query = useQuery(retentionQuery(useCluster(), name));
  return (
    <Region title="What is kept" query={query}>
      {({ decisions, remove, asks }) =>
        decisions.length === 0 ? (
          <Empty
            title="There is nothing to remove"
            why="No backup yet, or all are kept for ever."
          />
        ) : (
          <div className={styles['form']}>
            <p>
              {count(decisions.length, 'backup')}, of which {remove} would go.
              {asks && ' That is more than half: nothing goes before somebody applies it.'}
            </p>
            {remove > 0 && <Apply name={name} remove={remove} />}
            <ul className={styles['points']}>
              {decisions.slice(0, shown).map(({ id, at, keep, reasons }) => (
                <li key={id} data-goes={!keep || undefined}>
                  <bdi>{id}</bdi> <Time at={at} />
                  <span className={styles['hint']}>{keep ? reasons.join('; ') : 'goes'}</span>
                </li>
              ))}
            </ul>
            {decisions.length > shown && (
              <p className={styles['hint']}>and {count(decisions.length - shown, 'backup')} more</p>
            )}
          </div>
        )
      }
    </Region>
  );
}

function Apply({ name, remove }: { name: string; remove: number }) {
  const cluster = useCluster();
  const [asking, setAsking] = useState(false);
  const { reason } = useMay('backups:delete', { cluster });
  const act = useAct({
    endpoint: schedulesApi.applyRetention,
    words: {
      doing: `Applying the retention of ${name}`,
      done: ({ backupsDeleted }) =>
        `${count(backupsDeleted, 'backup')} ${backupsDeleted === 1 ? 'is' : 'are'} being deleted`,
    },
    invalidates: [keys.cluster(cluster)],
  });
  const what = count(remove, 'backup');
  return (
    <div>
      <Button size="small" reason={reason} onClick={() => setAsking(true)}>
        Apply it now
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={`Delete ${what} of ${name} in ${cluster}?`}
        consequence="No rule of the retention wants them any more. What they hold cannot be restored then; that cannot be undone."
        action={`Delete ${what}`}
        typed={name}
        pending={act.pending}
        onConfirm={() =>
          void act
            .run({ params: { cluster, schedule: name } })
            .then((done) => done && setAsking(false))
        }
      />
    </div>
  );
}
