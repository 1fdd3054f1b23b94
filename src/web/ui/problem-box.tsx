import type { Problem } from '#shared/http/problem.ts';
import styles from './objects.module.css';

/** Why the last attempt was refused, above the buttons of a form; nothing while it was not. */
export function ProblemBox({ problem }: { problem: Problem | null }) {
  if (problem === null) return null;
  return (
    <p role="alert" className={styles['problem']}>
      {problem.title} {problem.detail}
    </p>
  );
}
