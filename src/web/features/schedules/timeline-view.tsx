import { useQuery } from '@tanstack/react-query';
import type { Result } from '#shared/http/endpoint.ts';
import type { schedulesApi } from '#shared/schedules/schedules.contract.ts';
import { count, span } from '#shared/words/format.models.ts';
import { useCluster } from '../../lib/cluster.ts';
import { Empty } from '../../ui/empty.tsx';
import { QueryState } from '../../ui/region.tsx';
import { ScheduleLink } from '../../ui/schedule-link.tsx';
import { Findings } from './findings.tsx';
import { calendarQuery } from './schedules.queries.ts';
import styles from './timeline.module.css';
import { type Bar, barsOf, ticksOf } from './timeline.models.ts';

type Calendar = Result<typeof schedulesApi.calendar>;

/** More rows than these are found by searching. */
const mostRows = 100;

/** A row per schedule, a bar per slot: as wide as it will take; what meets another is marked. */
export function TimelineView({ hours, search }: { hours: number; search: string }) {
  const query = useQuery(calendarQuery(useCluster(), hours));
  return (
    <QueryState what="The timeline" query={query} rows={8}>
      {(calendar) => <Timeline calendar={calendar} search={search} hours={hours} />}
    </QueryState>
  );
}

type Props = { calendar: Calendar; search: string; hours: number };

function Timeline({ calendar, search, hours }: Props) {
  const rows = [...Map.groupBy(calendar.planned, ({ schedule }) => schedule)]
    .filter(([name]) => name.includes(search.toLowerCase()))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const range = { from: Date.parse(calendar.from), until: Date.parse(calendar.until) };
  if (rows.length === 0)
    return <Empty title="Nothing is due then" why={`In the next ${span(hours * 3_600_000)}.`} />;
  return (
    <>
      <Findings findings={calendar.findings} />
      <div className={styles['timeline']}>
        <Axis range={range} />
        {calendar.blackouts.length > 0 && <Blackouts calendar={calendar} range={range} />}
        <ul className={styles['rows']}>
          {rows.slice(0, mostRows).map(([name, planned]) => (
            <li key={name} className={styles['row']}>
              <span className={styles['name']}>
                <ScheduleLink name={name} />
              </span>
              <Track bars={barsOf(planned, range)} label={labelOf(name, planned)} />
            </li>
          ))}
        </ul>
      </div>
      {rows.length > mostRows && (
        <p className={styles['more']}>
          {count(rows.length - mostRows, 'schedule')} more: search for those you look for.
        </p>
      )}
    </>
  );
}

function Track({ bars, label }: { bars: readonly Bar[]; label: string }) {
  return (
    <div role="img" aria-label={label} className={styles['track']}>
      {bars.map(({ at, left, width, collides, title }) => (
        <span
          key={at}
          title={title}
          data-collides={collides || undefined}
          className={styles['bar']}
          style={{ insetInlineStart: `${left}%`, width: `${width}%` }}
        />
      ))}
    </div>
  );
}

type Planned = Calendar['planned'];

function labelOf(name: string, planned: Planned): string {
  const meeting = planned.filter(({ collides }) => collides).length;
  const met = meeting === 0 ? 'none meets another' : `${meeting} meet another`;
  return `${name}: ${count(planned.length, 'slot')}, ${met}`;
}

type Range = { from: number; until: number };

const Axis = ({ range }: { range: Range }) => (
  <div className={styles['row']} aria-hidden="true">
    <span className={styles['name']} />
    <div className={styles['axis']}>
      {ticksOf(range).map(({ left, label }) => (
        <span key={left} style={{ insetInlineStart: `${left}%` }}>
          {label}
        </span>
      ))}
    </div>
  </div>
);

const Blackouts = ({ calendar, range }: { calendar: Calendar; range: Range }) => (
  <div className={styles['row']}>
    <span className={styles['name']}>Blackouts</span>
    <div
      role="img"
      aria-label={`${count(calendar.blackouts.length, 'blackout')}: nothing scheduled begins then`}
      className={styles['track']}
    >
      {calendar.blackouts.map(({ from, until, reason }) => {
        const [bar] = barsOf(
          [{ at: from, duration: Date.parse(until) - Date.parse(from), collides: false }],
          range,
        );
        return (
          bar && (
            <span
              key={from}
              title={reason}
              className={styles['blackout']}
              style={{ insetInlineStart: `${bar.left}%`, width: `${bar.width}%` }}
            />
          )
        );
      })}
    </div>
  </div>
);
