import styles from './frame.module.css';
import { useChosenCluster } from './use-chosen-cluster.ts';

/** Nobody shall take the sandbox for a cluster of theirs. */
export function SandboxNote() {
  if (useChosenCluster()?.id !== 'sandbox') return null;
  return (
    <aside aria-label="Sandbox" className={styles['sandbox']}>
      This is the sandbox, a made-up cluster in memory for trying things out: nothing here can be
      lost.
    </aside>
  );
}
