import { useQuery } from '@tanstack/react-query';
import type { Result } from '#shared/http/endpoint.ts';
import type { schedulesApi } from '#shared/schedules/schedules.contract.ts';
import { count } from '#shared/words/format.models.ts';
import { useCluster } from '../../lib/cluster.ts';
import { QueryState } from '../../ui/region.tsx';
import { ScheduleLink } from '../../ui/schedule-link.tsx';
import { Findings } from './findings.tsx';
import { calendarQuery } from './schedules.queries.ts';
import styles from './calendar.module.css';

type Planned = Result<typeof schedulesApi.calendar>['planned'][number];

const twoWeeks = 14 * 24;
/** Lines of one day; the rest is counted. */
const mostLines = 6;

/** Fourteen days, each with what is due. */
export function CalendarView({ search }: { search: string }) {
  const query = useQuery(calendarQuery(useCluster(), twoWeeks));
  return (
    <QueryState what="The calendar" query={query} rows={8}>
      {({ planned, findings, more }) => {
        const shown = planned.filter(({ schedule }) => schedule.includes(search.toLowerCase()));
        return (
          <>
            <Findings findings={findings} />
            {more && <p>There are more slots than are shown: search for a schedule.</p>}
            <ol className={styles['days']}>
              {[...Map.groupBy(shown, dayOf)].map(([day, slots]) => (
                <DayCard key={day} day={day} slots={slots} />
              ))}
            </ol>
          </>
        );
      }}
    </QueryState>
  );
}

const dayOf = ({ at }: Planned): string =>
  new Date(at).toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });

function DayCard({ day, slots }: { day: string; slots: readonly Planned[] }) {
  const bySchedule = [...Map.groupBy(slots, ({ schedule }) => schedule)];
  const meeting = slots.filter(({ collides }) => collides).length;
  return (
    <li className={styles['day']}>
      <h2>{day}</h2>
      <p className={styles['sum']}>
        {count(slots.length, 'slot')}
        {meeting > 0 && `, ${meeting} meet another`}
      </p>
      <ul className={styles['slots']}>
        {bySchedule.slice(0, mostLines).map(([name, some]) => (
          <li key={name}>
            <ScheduleLink name={name} /> {timesOf(some)}
          </li>
        ))}
      </ul>
      {bySchedule.length > mostLines && (
        <p className={styles['sum']}>{count(bySchedule.length - mostLines, 'schedule')} more</p>
      )}
    </li>
  );
}

const clock = ({ at }: Planned): string =>
  new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });

const timesOf = (slots: readonly Planned[]): string =>
  slots.length > 3 ? `${slots.length} times` : slots.map(clock).join(', ');
