import type { Need } from '#shared/overview/overview.contract.ts';
import { useCluster } from '../../lib/cluster.ts';
import { useMay } from '../../lib/session.ts';
import { useVerify } from '../../lib/verify.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import type { State } from '../../ui/states.models.ts';
import styles from './now.module.css';

type Props = {
  needs: readonly Need[];
  onBackUp: (namespaces: readonly string[] | null) => void;
};

/** One line per cause, worst first, with what to do beside it. */
export function Needs({ needs, onBackUp }: Props) {
  return (
    <section aria-label="Needs you">
      <div className={styles['head']}>
        <h2>Needs you</h2>
        {needs.length > 0 && <span className={styles['aside']}>{needs.length}, worst first</span>}
      </div>
      {needs.length === 0 && (
        <Empty title="Nothing needs you" why="As far as Lifeboat can see from here." />
      )}
      <ul className={styles['list']}>
        {needs.map((need) => (
          <li key={need.id} className={styles['row']}>
            <StateBadge {...badgeOf(need.state)} />
            <div className={styles['words']}>
              <p className={styles['sentence']}>{need.sentence}</p>
              <p className={styles['detail']}>{need.detail}</p>
            </div>
            <NeedAction need={need} onBackUp={onBackUp} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function badgeOf(state: Need['state']): { state: State; word?: string } {
  if (state === 'uncovered') return { state: 'missed', word: 'Uncovered' };
  if (state === 'warning') return { state: 'partial', word: 'Warning' };
  return { state };
}

function NeedAction({ need, onBackUp }: { need: Need } & Pick<Props, 'onBackUp'>) {
  const { action } = need;
  if (action === null) return null;
  if (action.what === 'backUp')
    return (
      <Button size="small" onClick={() => onBackUp(action.namespaces)}>
        {action.label}
      </Button>
    );
  if (action.what === 'verify' && action.backup !== null)
    return <VerifyAgain label={action.label} backup={action.backup} />;
  return (
    <LinkButton
      size="small"
      {...targetOf(action)}
      search={(before) => ({ cluster: before.cluster })}
    >
      {action.label}
    </LinkButton>
  );
}

function VerifyAgain({ label, backup }: { label: string; backup: string }) {
  const cluster = useCluster();
  const { reason } = useMay('backups:verify', { cluster });
  const { run, pending } = useVerify(cluster, backup);
  return (
    <Button
      size="small"
      pending={pending}
      reason={reason}
      onClick={() => void run({ params: { cluster, backup } })}
    >
      {label}
    </Button>
  );
}

/** A run is read on the page of what it is about. */
function targetOf({ what, backup, run, schedule }: NonNullable<Need['action']>) {
  if (what === 'openCoverage') return { to: '/coverage' as const };
  if (what === 'openHealth') return { to: '/settings/health' as const };
  if (what === 'openSchedules')
    return schedule === null
      ? { to: '/schedules' as const }
      : { to: '/schedules/$schedule' as const, params: { schedule } };
  if (what === 'openCluster') return { to: '/settings/clusters' as const };
  if (what === 'openRun' && run !== null)
    return { to: '/restores/$restore' as const, params: { restore: run } };
  if (backup !== null) return { to: '/backups/$backup' as const, params: { backup } };
  return { to: '/activity' as const };
}
