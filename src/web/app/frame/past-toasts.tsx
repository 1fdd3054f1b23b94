import { useSyncExternalStore } from 'react';
import { Disclosure } from '../../ui/disclosure.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Time } from '../../ui/time.tsx';
import { type ToastKind, toasts } from '../../ui/toasts.ts';
import styles from './past-toasts.module.css';

const badges = {
  loading: { state: 'running', word: 'Under way' },
  success: { state: 'done', word: 'Done' },
  error: { state: 'failed', word: 'Failed' },
  note: { state: 'unknown', word: 'Note' },
} as const satisfies Record<ToastKind, object>;

/** What was said of one's own acts since the page was opened, to be read again. */
export function PastToasts() {
  const past = useSyncExternalStore(toasts.subscribe, toasts.past);
  if (past.length === 0) return null;
  return (
    <Disclosure label="What you did" icon="clock" side="end" folds>
      <ul className={styles['past']} aria-label="What you did, newest first">
        {past.map(({ id, kind, title, detail = '', action, at }) => (
          <li key={id}>
            <StateBadge {...badges[kind]} /> <Time at={new Date(at).toISOString()} />
            <p className={styles['title']}>{title}</p>
            {detail !== '' && <p className={styles['detail']}>{detail}</p>}
            {action?.href !== undefined && <a href={action.href}>{action.label}</a>}
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
