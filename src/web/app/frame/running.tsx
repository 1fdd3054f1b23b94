import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { runsApi } from '#shared/runs/runs.contract.ts';
import { count } from '#shared/words/format.models.ts';
import { call } from '../../lib/call.ts';
import { keys } from '../../lib/keys.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { percentOf } from '../../ui/progress.models.ts';
import styles from './frame.module.css';

/** What runs in the chosen cluster, from every page: the way to where it can be canceled. */
export function Running({ cluster }: { cluster: string }) {
  const { data } = useQuery({
    queryKey: [...keys.runs(cluster), 'running'],
    queryFn: ({ signal }) =>
      call(
        runsApi.list,
        { params: { cluster }, query: { state: 'running', limit: 20 } },
        { signal },
      ),
  });
  const running = (data?.items ?? []).filter(({ state }) => state === 'running');
  const [first] = running;
  if (first === undefined) return null;
  return (
    <Link to="/" search={{ cluster }} className={styles['running']}>
      {count(running.length, 'run')} going on
      <ProgressBar label="The oldest of them" percent={percentOf(first.progress.items)} />
    </Link>
  );
}
