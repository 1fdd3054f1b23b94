import { type InfiniteData, type UseInfiniteQueryResult, useQueries } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useState } from 'react';
import type { Result } from '#shared/http/endpoint.ts';
import type { Day } from '#shared/overview/strip.contract.ts';
import type { Schedule } from '#shared/schedules/schedule.contract.ts';
import type { schedulesApi } from '#shared/schedules/schedules.contract.ts';
import { count, span } from '#shared/words/format.models.ts';
import { useCluster } from '../../lib/cluster.ts';
import { Button } from '../../ui/button.tsx';
import type { Column } from '../../ui/column.types.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { DayCells } from '../../ui/day-cells.tsx';
import { Empty } from '../../ui/empty.tsx';
import { QueryState } from '../../ui/region.tsx';
import { ScheduleLink } from '../../ui/schedule-link.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Time } from '../../ui/time.tsx';
import type { SchedulesFilter } from './schedules-filter.models.ts';
import { daysQuery } from './schedules.queries.ts';
import { SchedulesBulk } from './schedules-bulk.tsx';

type Pages = InfiniteData<Result<typeof schedulesApi.list>>;

type Props = {
  query: UseInfiniteQueryResult<Pages>;
  filter: SchedulesFilter;
  onAll: () => void;
  action: ReactNode;
};

/** One row per schedule, with its last 30 days. */
export function SchedulesList({ query, filter, onAll, action }: Props) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const schedules = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const days = useDays(query.data);
  return (
    <QueryState what="The schedules" query={query} rows={8}>
      {() =>
        schedules.length === 0 ? (
          <None isFiltered={Boolean(filter.state ?? filter.search)} onAll={onAll} action={action} />
        ) : (
          <DaysContext value={days}>
            <SchedulesBulk
              chosen={schedules.filter(({ name }) => chosen.has(name))}
              onDone={() => setChosen(new Set())}
            />
            <DataTable
              key={JSON.stringify(filter)}
              caption="Schedules"
              name="schedules"
              columns={columns}
              rows={schedules}
              keyOf={({ name }) => name}
              query={query}
              selection={{ chosen, onChange: setChosen, labelOf: ({ name }) => `Select ${name}` }}
            />
          </DaysContext>
        )
      }
    </QueryState>
  );
}

type Days = ReadonlyMap<string, readonly Day[]>;

/** By name. They come after the rows, which are not drawn again for them. */
const DaysContext = createContext<Days>(new Map());

const DaysOf = ({ name }: { name: string }) => (
  <DayCells days={use(DaysContext).get(name) ?? []} name={name} />
);

/** The days of each page are asked for once it is there. */
function useDays(data: Pages | undefined): Days {
  const cluster = useCluster();
  return useQueries({
    queries: (data?.pages ?? []).map(({ items }) =>
      daysQuery(
        cluster,
        items.map(({ name }) => name),
      ),
    ),
    combine: byName,
  });
}

// One function: what it made is kept while the answers are the same.
const byName = (results: readonly { data: Result<typeof schedulesApi.days> | undefined }[]): Days =>
  new Map(results.flatMap((one) => one.data?.items ?? []).map((one) => [one.name, one.days]));

const columns: readonly Column<Schedule>[] = [
  { head: 'State', look: 'state', cell: ({ state }) => <StateBadge state={state} /> },
  { head: 'Schedule', share: 2, cell: ({ name }) => <ScheduleLink name={name} /> },
  {
    head: 'Runs',
    share: 2,
    look: 'muted',
    cell: ({ words, zone }) => `${words} (${zone})`,
  },
  {
    head: 'Last 30 days',
    share: 2,
    optional: true,
    cell: ({ name }) => <DaysOf name={name} />,
  },
  { head: 'Holds', share: 1, optional: true, look: 'muted', cell: holds },
  {
    head: 'Takes',
    look: 'number',
    optional: true,
    cell: ({ durations }) => (durations === null ? '–' : span(durations.p50)),
  },
  {
    head: 'Next',
    look: 'time',
    cell: ({ next }) => (next === null ? 'not by itself' : <Time at={next} />),
  },
];

function holds({ spec: { namespaces } }: Schedule): string {
  if (namespaces === undefined) return 'whole cluster';
  return namespaces.length > 2 ? count(namespaces.length, 'namespace') : namespaces.join(', ');
}

type NoneProps = { isFiltered: boolean; onAll: () => void; action: ReactNode };

function None({ isFiltered, onAll, action }: NoneProps) {
  if (isFiltered)
    return <Empty title="No schedule matches" action={<Button onClick={onAll}>Show all</Button>} />;
  return (
    <Empty
      title="There is no schedule yet"
      why="With one, backups are made by themselves, and one that did not happen is noticed."
      action={action}
    />
  );
}
