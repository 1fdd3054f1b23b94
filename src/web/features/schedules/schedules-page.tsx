import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type Schedule, scheduleStates } from '#shared/schedules/schedule.contract.ts';
import { count } from '#shared/words/format.models.ts';
import { useCluster } from '../../lib/cluster.ts';
import { Chips } from '../../ui/chips.tsx';
import { Page } from '../../ui/page.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { looks } from '../../ui/states.models.ts';
import { CalendarView } from './calendar-view.tsx';
import { SchedulesList } from './schedules-list.tsx';
import type { SchedulesFilter } from './schedules-filter.models.ts';
import { schedulesQuery } from './schedules.queries.ts';
import { TimelineView } from './timeline-view.tsx';

type Props = {
  filter: SchedulesFilter;
  onFilter: (filter: SchedulesFilter) => void;
  actions: ReactNode;
};

const views = [
  { value: 'list', label: 'List' },
  { value: 'timeline', label: '24 hours' },
  { value: 'week', label: '7 days' },
  { value: 'calendar', label: 'Calendar' },
] as const;

/** Will it run, will it collide? */
export function SchedulesPage({ filter, onFilter, actions }: Props) {
  const query = useInfiniteQuery(schedulesQuery(useCluster(), filter));
  const [first] = query.data?.pages ?? [];
  const view = filter.view ?? 'list';
  const known = first?.states ?? [];
  const shown = (query.data?.pages ?? []).flatMap(({ items }) => items);
  return (
    <Page
      title={first ? titleOf(known) : 'Schedules'}
      lede={first && ledeOf(shown)}
      actions={actions}
    >
      <Narrowed view={view} filter={filter} onFilter={onFilter} />
      {view === 'list' ? (
        <>
          <States known={known} filter={filter} onFilter={onFilter} />
          <SchedulesList
            query={query}
            filter={filter}
            onAll={() => onFilter({})}
            action={actions}
          />
        </>
      ) : (
        <Planned view={view} search={filter.search ?? ''} />
      )}
    </Page>
  );
}

type NarrowedProps = Omit<Props, 'actions'> & { view: NonNullable<SchedulesFilter['view']> };

/** How they are shown, and which. */
const Narrowed = ({ view, filter, onFilter }: NarrowedProps) => (
  <>
    <Chips
      label="How they are shown"
      value={view}
      chips={views}
      onChange={(value) => onFilter({ ...filter, view: value === 'list' ? undefined : value })}
    />
    <SearchField
      value={filter.search ?? ''}
      onChange={(search) => onFilter({ ...filter, search: search || undefined })}
    />
  </>
);

type StatesProps = Omit<Props, 'actions'> & { known: Counted };

const States = ({ known, filter, onFilter }: StatesProps) => (
  <Chips
    label="State"
    value={filter.state ?? 'all'}
    chips={[
      { value: 'all', label: 'All' },
      ...known.map(({ value, schedules }) => ({
        value,
        label: looks[value].word,
        count: schedules,
      })),
    ]}
    onChange={(value) =>
      onFilter({ ...filter, state: scheduleStates.find((one) => one === value) })
    }
  />
);

type PlannedProps = { view: 'timeline' | 'week' | 'calendar'; search: string };

function Planned({ view, search }: PlannedProps) {
  if (view === 'calendar') return <CalendarView search={search} />;
  return <TimelineView hours={view === 'timeline' ? 24 : 168} search={search} />;
}

type Counted = readonly { value: Schedule['state']; schedules: number }[];

const worrying = ['missed', 'stuck', 'late', 'failed'] as const;

function titleOf(states: Counted): string {
  const all = states.reduce((sum, { schedules }) => sum + schedules, 0);
  if (all === 0) return 'No schedule yet';
  const of = (state: Schedule['state']) =>
    states.find(({ value }) => value === state)?.schedules ?? 0;
  const parts = worrying.flatMap((state) =>
    of(state) > 0 ? [`${of(state)} ${looks[state].word.toLowerCase()}`] : [],
  );
  return [count(all, 'schedule'), ...parts].join(', ');
}

/** The worst in one sentence, or when the next one comes. */
function ledeOf(schedules: readonly Schedule[]): string {
  const worst = worrying.flatMap((state) => schedules.filter((one) => one.state === state)).at(0);
  if (worst) return `${worst.name}: ${worst.sentence}`;
  if (schedules.length === 0) return 'Backups are made by hand only: nothing runs by itself.';
  if (schedules.every(({ last }) => last === null)) return 'No slot has come yet.';
  return 'The last slot of each did what it should, as far as Lifeboat can see.';
}
