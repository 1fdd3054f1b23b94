import { Link } from '@tanstack/react-router';
import { isOver, type Run } from '#shared/runs/runs.contract.ts';
import { CancelRun, runNouns } from '../../ui/cancel-run.tsx';
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
        <Link
          to="/queue"
          className={styles['aside']}
          search={(before) => ({ cluster: before.cluster })}
        >
          the queue
        </Link>
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
              <CancelRun run={run} />
            </div>
            <RunProgress run={run} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function RunName({ run }: { run: Run }) {
  const noun = runNouns[run.kind];
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
