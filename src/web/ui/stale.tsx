import { Button } from './button.tsx';
import styles from './frames.module.css';
import { Icon } from './icon.tsx';
import { Time } from './time.tsx';

type Props = { since: number; why?: string; onRetry?: () => void };

/** What is shown below was true then; `since`: milliseconds since 1970. */
export function Stale({ since, why = '', onRetry }: Props) {
  return (
    <div className={styles['stale']} role="status">
      <Icon name="alert" />
      <span>
        Stale: read <Time at={new Date(since).toISOString()} />. {why}
      </span>
      {onRetry && (
        <Button look="quiet" size="small" onClick={onRetry}>
          Read again
        </Button>
      )}
    </div>
  );
}
