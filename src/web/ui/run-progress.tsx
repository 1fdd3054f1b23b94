import { useSyncExternalStore } from 'react';
import type { Run } from '#shared/runs/runs.contract.ts';
import { serverNow } from '../lib/clock.ts';
import { percentOf, progressWords } from './progress.models.ts';
import { ProgressBar } from './progress-bar.tsx';
import styles from './progress.module.css';
import { everySecond } from './ticks.ts';

/** How far a run is; one that has not begun has no progress, but a reason. */
export const RunProgress = ({ run }: { run: Run }) =>
  run.state === 'running' ? (
    <UnderWay run={run} />
  ) : (
    <p className={styles['doing']}>{run.reason ?? 'It is about to begin.'}</p>
  );

/** Items, bytes, rate, expected end, and what it does right now. */
function UnderWay({ run }: { run: Run }) {
  const words = useSyncExternalStore(everySecond, () => progressWords(run, serverNow()));
  const subject = `${run.kind} of ${run.backup ?? run.cluster}`;
  return (
    <div className={styles['run']}>
      <ProgressBar label={subject} percent={percentOf(run.progress.items)} words={words} />
      <p className={styles['doing']}>
        <span>{run.reason ?? run.progress.doing}</span>
        <span className={styles['figures']}>{words}</span>
      </p>
    </div>
  );
}
