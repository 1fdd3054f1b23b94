import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useId } from 'react';
import { sessionApi } from '#shared/access/access.contract.ts';
import { call } from '../../lib/call.ts';
import { useClusters } from '../../lib/cluster.ts';
import { useLive } from '../../lib/live.ts';
import { useSession } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import styles from './frame.module.css';
import { PastToasts } from './past-toasts.tsx';
import { Running } from './running.tsx';
import type { Overlay } from './shortcuts.ts';
import { ThemeChoice } from './theme-choice.tsx';
import { useChosenCluster } from './use-chosen-cluster.ts';

type Props = { onOverlay: (overlay: Overlay) => void };

export function TopBar({ onOverlay }: Props) {
  const chosen = useChosenCluster();
  return (
    <header className={styles['top']}>
      <ClusterSwitch />
      {chosen && <Running cluster={chosen.id} />}
      <Button size="small" icon="search" label="Go to, or do" onClick={() => onOverlay('palette')}>
        <span className={styles['wide']}>Go to, or do</span>
      </Button>
      <PastToasts />
      <LiveDot />
      <Person />
    </header>
  );
}

function ClusterSwitch() {
  const id = useId();
  const navigate = useNavigate();
  const { data: clusters = [] } = useClusters();
  const chosen = useChosenCluster();
  if (clusters.length === 0) return <span className={styles['grow']} />;
  return (
    <div className={styles['grow']}>
      <label htmlFor={id} className={styles['unseen']}>
        Cluster
      </label>
      <select
        id={id}
        className={styles['cluster']}
        value={chosen?.id ?? ''}
        onChange={(event) => void navigate({ to: '.', search: { cluster: event.target.value } })}
      >
        {chosen === null && <option value="">Choose a cluster</option>}
        {clusters.map((one) => (
          <option key={one.id} value={one.id}>
            {one.id === 'sandbox' ? 'sandbox (for trying out)' : one.id}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Whether what is on screen is up to date. */
function LiveDot() {
  const { state, since } = useLive();
  return (
    <span role="status" className={styles['live']} data-state={state}>
      <span aria-hidden="true" className={styles['dot']} />
      {since === null ? state : `stale since ${timeOfDay(since)}`}
    </span>
  );
}

const timeOfDay = (at: number): string =>
  new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

function Person() {
  const { user } = useSession();
  const queries = useQueryClient();
  const signOut = useMutation({
    mutationFn: () => call(sessionApi.signOut, {}),
    onSuccess: () => {
      queries.clear();
      window.location.assign('/');
    },
  });
  return (
    <Disclosure label={user} side="end">
      <div className={styles['person']}>
        <p>
          Signed in as <bdi>{user}</bdi>
        </p>
        <ThemeChoice />
        <Button pending={signOut.isPending} onClick={() => signOut.mutate()}>
          Sign out
        </Button>
      </div>
    </Disclosure>
  );
}
