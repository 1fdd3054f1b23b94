import { Link } from '@tanstack/react-router';
import { isOver, type Run, runsApi } from '#shared/runs/runs.contract.ts';
import { useAct } from '../../lib/act.ts';
import { keys } from '../../lib/keys.ts';
import { useMay } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { RunProgress } from '../../ui/run-progress.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import styles from './now.module.css';

/** What runs, and what waits for it. */
export function Active({ runs }: { runs: readonly Run[] }) {
  const going = runs.filter(({ state }) => !isOver(state));
  return (
    <section aria-label="Running and waiting">
      <div className={styles['head']}>
        <h2>Running and waiting</h2>
      </div>
      {going.length === 0 && <p className={styles['none']}>Nothing runs just now.</p>}
      <ul className={styles['list']}>
        {going.map((run) => (
          <li key={run.id} className={styles['going']}>
            <div className={styles['row']}>
              <StateBadge state={run.state} />
              <p className={styles['words']}>
                <RunName run={run} />
              </p>
              <Cancel run={run} />
            </div>
            <RunProgress run={run} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const nouns = {
  backup: 'Backup',
  restore: 'Restore of',
  verify: 'Verification of',
  export: 'Export of',
  delete: 'Deletion of',
  maintenance: 'Maintenance',
} as const;

function RunName({ run }: { run: Run }) {
  const noun = nouns[run.kind];
  if (run.kind === 'restore')
    return (
      <>
        {noun}{' '}
        <Link
          to="/restores/$restore"
          params={{ restore: run.id }}
          search={(before) => ({ cluster: before.cluster })}
        >
          {run.backup}
        </Link>
      </>
    );
  return (
    <>
      {noun} <bdi>{run.backup}</bdi>
    </>
  );
}

function Cancel({ run }: { run: Run }) {
  const { cluster, id } = run;
  const { reason } = useMay('runs:cancel', { cluster });
  const act = useAct({
    endpoint: runsApi.cancel,
    words: { doing: 'Canceling', done: () => 'The run stops' },
    invalidates: [keys.cluster(cluster)],
  });
  return (
    <Button
      size="small"
      pending={act.pending}
      reason={reason}
      label={`Cancel ${nouns[run.kind].toLowerCase()} ${run.backup ?? ''}`.trim()}
      onClick={() => void act.run({ params: { cluster, run: id } })}
    >
      Cancel
    </Button>
  );
}
