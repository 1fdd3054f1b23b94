import { useSyncExternalStore } from 'react';
import type { Run } from '#shared/runs/runs.contract.ts';
import { serverNow } from '../lib/clock.ts';
import { percentOf, progressWords } from './progress.models.ts';
import { ProgressBar } from './progress-bar.tsx';
import styles from './progress.module.css';
import { everySecond } from './ticks.ts';

/** A run under way: items, bytes, rate, expected end, and what it does right now. */
export function RunProgress({ run }: { run: Run }) {
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
