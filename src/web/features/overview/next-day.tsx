import { useQuery } from '@tanstack/react-query';
import { schedulesApi } from '#shared/schedules/schedules.contract.ts';
import { count } from '#shared/words/format.models.ts';
import { call } from '../../lib/call.ts';
import { useCluster } from '../../lib/cluster.ts';
import { keys } from '../../lib/keys.ts';
import { Empty } from '../../ui/empty.tsx';
import { Region } from '../../ui/region.tsx';
import { ScheduleLink } from '../../ui/schedule-link.tsx';
import { Time } from '../../ui/time.tsx';
import styles from './now.module.css';

const shown = 6;

/** What is due by itself, the soonest first. */
export function NextDay() {
  const cluster = useCluster();
  const query = useQuery({
    queryKey: [...keys.schedules(cluster), 'calendar', 24],
    queryFn: ({ signal }) =>
      call(schedulesApi.calendar, { params: { cluster }, query: { hours: 24 } }, { signal }),
    staleTime: 60_000,
  });
  return (
    <Region title="Next 24 hours" query={query}>
      {({ planned }) =>
        planned.length === 0 ? (
          <Empty title="Nothing runs by itself" why="A schedule makes backups without anybody." />
        ) : (
          <>
            <ul className={styles['list']}>
              {planned.slice(0, shown).map(({ schedule, at, collides }) => (
                <li key={schedule + at} className={styles['next']}>
                  <ScheduleLink name={schedule} />
                  <span className={styles['aside']}>
                    {collides && 'meets another · '}
                    <Time at={at} />
                  </span>
                </li>
              ))}
            </ul>
            {planned.length > shown && (
              <p className={styles['aside']}>and {count(planned.length - shown, 'slot')} more</p>
            )}
          </>
        )
      }
    </Region>
  );
}
