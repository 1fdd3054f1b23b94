import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { retentionInWords } from '#shared/schedules/retention/policy.models.ts';
import type { MeasuredSlot, Schedule } from '#shared/schedules/schedule.contract.ts';
import { absolute, count, size, span } from '#shared/words/format.models.ts';
import { useCluster } from '../../lib/cluster.ts';
import type { Column } from '../../ui/column.types.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { DayCells } from '../../ui/day-cells.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryState, Region } from '../../ui/region.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Time } from '../../ui/time.tsx';
import { ScheduleActions } from './schedule-actions.tsx';
import { RetentionNow } from './retention-now.tsx';
import { daysQuery, scheduleQuery, slotsQuery } from './schedules.queries.ts';
import styles from './schedules.module.css';

/** Does it do what it should, and what did it do? */
export function ScheduleView({ name }: { name: string }) {
  const query = useQuery(scheduleQuery(useCluster(), name));
  const schedule = query.data;
  return (
    <Page
      title={name}
      lede={schedule?.sentence}
      breadcrumbs={[{ label: 'Schedules', to: '/schedules' }, { label: name }]}
      actions={schedule && <ScheduleActions schedule={schedule} />}
    >
      <QueryState what="The schedule" query={query} rows={6}>
        {(found) => (
          <div className={styles['section']}>
            <Facts schedule={found} />
            <Days name={name} />
            <Slots name={name} />
            <RetentionNow name={name} />
          </div>
        )}
      </QueryState>
    </Page>
  );
}

function Facts({ schedule }: { schedule: Schedule }) {
  const { spec, paused, picked, durations, next, lastGood } = schedule;
  return (
    <dl className={styles['facts']}>
      <dt>State</dt>
      <dd>
        <StateBadge state={schedule.state} />
      </dd>
      {paused && (
        <>
          <dt>Paused</dt>
          <dd>
            {paused.reason}, by <bdi>{paused.by}</bdi>
            {paused.until === null ? '' : `, until ${absolute(paused.until)}`}
          </dd>
        </>
      )}
      <dt>Runs</dt>
      <dd>
        {schedule.words} ({schedule.zone})
        {picked && (
          <span className={styles['hint']}>
            {' '}
            Picked {picked.clock}: {picked.why}
          </span>
        )}
      </dd>
      <dt>Next</dt>
      <dd>{next === null ? 'not by itself' : <Time at={next} />}</dd>
      <dt>Newest restore point</dt>
      <dd>{lastGood === null ? 'none yet' : <Time at={lastGood} />}</dd>
      <dt>Holds</dt>
      <dd>{spec.namespaces?.join(', ') ?? 'the whole cluster'}</dd>
      <dt>Keeps</dt>
      <dd>{retentionInWords(spec.retention)}</dd>
      <dt>Type, priority</dt>
      <dd>
        {spec.type}, {spec.priority}
      </dd>
      <dt>Takes</dt>
      <dd>
        {durations === null
          ? 'not known yet'
          : `${span(durations.p50)}, mostly under ${span(durations.p90)} (${count(durations.runs, 'run')})`}
      </dd>
    </dl>
  );
}

function Days({ name }: { name: string }) {
  const query = useQuery(daysQuery(useCluster(), [name]));
  return (
    <Region title="Last 30 days" query={query} rows={1}>
      {({ items }) => <DayCells days={items[0]?.days ?? []} name={name} />}
    </Region>
  );
}

function Slots({ name }: { name: string }) {
  const query = useInfiniteQuery(slotsQuery(useCluster(), name));
  const slots = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section aria-label="Slots" className={styles['form']}>
      <h2>Slots</h2>
      <QueryState what="The slots" query={query}>
        {() =>
          slots.length === 0 ? (
            <Empty title="No slot has come yet" />
          ) : (
            <DataTable
              caption="Slots, newest first"
              columns={columns}
              rows={slots}
              keyOf={({ at }) => at}
              query={query}
            />
          )
        }
      </QueryState>
    </section>
  );
}

const columns: readonly Column<MeasuredSlot>[] = [
  { head: 'Slot', look: 'time', cell: ({ at }) => <Time at={at} /> },
  { head: 'What', look: 'state', cell: ({ state }) => <StateBadge state={state} /> },
  { head: 'Run', look: 'state', cell: ({ run }) => run && <StateBadge state={run.state} /> },
  { head: 'Backup', share: 2, cell: ({ run }) => <Made run={run} /> },
  { head: 'Took', look: 'number', cell: ({ run }) => tookOf(run) },
  { head: 'Holds', look: 'number', cell: ({ size }) => bytesOf(size) },
  { head: 'Added', look: 'number', optional: true, cell: ({ added }) => bytesOf(added) },
  { head: 'Why', share: 3, look: 'muted', cell: ({ reason }) => reason },
];

const bytesOf = (bytes: number | null): string => (bytes === null ? '' : size(bytes));

function Made({ run }: Pick<MeasuredSlot, 'run'>) {
  if (run?.backup == null) return null;
  const isThere = run.state === 'completed' || run.state === 'partial';
  if (!isThere) return <bdi>{run.backup}</bdi>;
  return (
    <Link
      to="/backups/$backup"
      params={{ backup: run.backup }}
      search={(before) => ({ cluster: before.cluster })}
    >
      {run.backup}
    </Link>
  );
}

const tookOf = (run: MeasuredSlot['run']): string =>
  run?.startedAt == null || run.finishedAt === null
    ? ''
    : span(Date.parse(run.finishedAt) - Date.parse(run.startedAt));
