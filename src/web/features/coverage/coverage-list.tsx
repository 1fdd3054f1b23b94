import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  type CoverageItem,
  coverageStates,
  coverageSubjects,
} from '#shared/coverage/coverage.contract.ts';
import { figure } from '#shared/words/format.models.ts';
import { useCluster } from '../../lib/cluster.ts';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { Empty } from '../../ui/empty.tsx';
import type { Column } from '../../ui/column.types.ts';
import { DataTable } from '../../ui/data-table.tsx';
import tables from '../../ui/objects.module.css';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/region.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { ScheduleLink } from '../../ui/schedule-link.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Time } from '../../ui/time.tsx';
import type { CoverageFilter } from './coverage-filter.models.ts';
import { coverageQuery } from './coverage.queries.ts';

type Props = {
  filter: CoverageFilter;
  onFilter: (filter: CoverageFilter) => void;
  onBackUp: (namespaces: readonly string[]) => void;
};

const labels = { uncovered: 'Not covered', partly: 'Partly', covered: 'Covered' } as const;
const subjects = { namespace: 'Namespaces', claim: 'Volume claims' } as const;

/** What is not protected, and why? */
export function CoverageList({ filter, onFilter, onBackUp }: Props) {
  const query = useInfiniteQuery(coverageQuery(useCluster(), filter));
  const [first] = query.data?.pages ?? [];
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const counted = (group: 'state' | 'subject', value: string) =>
    first?.facets[group].find((one) => one.value === value)?.items ?? 0;
  return (
    <Page
      title={
        first ? titleOf(counted('state', 'uncovered'), counted('state', 'partly')) : 'Coverage'
      }
      lede={first && ledeOf(first.seen)}
    >
      <SearchField
        value={filter.search ?? ''}
        onChange={(search) => onFilter({ ...filter, search: search || undefined })}
      />
      <Chips
        label="How well covered"
        value={filter.state ?? 'all'}
        chips={[
          { value: 'all', label: 'All' },
          ...coverageStates.map((state) => ({
            value: state,
            label: labels[state],
            count: counted('state', state),
          })),
        ]}
        onChange={(value) =>
          onFilter({ ...filter, state: coverageStates.find((one) => one === value) })
        }
      />
      <Chips
        label="What"
        value={filter.subject ?? 'all'}
        chips={[
          { value: 'all', label: 'All' },
          ...coverageSubjects.map((one) => ({
            value: one,
            label: subjects[one],
            count: counted('subject', one),
          })),
        ]}
        onChange={(value) =>
          onFilter({ ...filter, subject: coverageSubjects.find((one) => one === value) })
        }
      />
      <QueryState what="The coverage" query={query} rows={8}>
        {() =>
          items.length === 0 ? (
            <Empty
              title="Nothing matches"
              action={<Button onClick={() => onFilter({})}>Show all</Button>}
            />
          ) : (
            <DataTable
              key={JSON.stringify(filter)}
              caption="Namespaces and volume claims, worst first"
              columns={columnsOf(onBackUp)}
              rows={items}
              keyOf={({ subject, namespace, name }) => `${subject}/${namespace}/${name}`}
              query={query}
            />
          )
        }
      </QueryState>
    </Page>
  );
}

function titleOf(uncovered: number, partly: number): string {
  if (uncovered + partly === 0) return 'Everything that can be seen is covered';
  if (uncovered === 0) return `${figure(partly)} would come back in part`;
  return `${figure(uncovered)} would not come back${partly > 0 ? `, ${figure(partly)} in part` : ''}`;
}

const ledeOf = ({ problem, at }: { problem: string | null; at: string | null }) =>
  problem === null ? (
    'Namespaces and volume claims of the cluster as it is now, and the newest restore point of each.'
  ) : (
    <>
      {problem} {at !== null && <Time at={at} />}
    </>
  );

const columnsOf = (onBackUp: Props['onBackUp']): readonly Column<CoverageItem>[] => [
  { head: 'Covered', look: 'state', cell: ({ state }) => <StateBadge {...badgeOf(state)} /> },
  { head: 'What', share: 2, cell: (item) => <Subject item={item} /> },
  { head: 'Why', share: 3, look: 'muted', cell: ({ reason }) => reason?.sentence },
  {
    head: 'Schedule',
    optional: true,
    look: 'muted',
    cell: ({ schedules }) => <Taken by={schedules} />,
  },
  { head: 'Newest restore point', share: 2, cell: (item) => <Newest item={item} /> },
  { head: 'Act', look: 'act', cell: (item) => <BackUp item={item} onBackUp={onBackUp} /> },
];

function Subject({ item: { name, namespace } }: { item: CoverageItem }) {
  return (
    <>
      <bdi>{name ?? namespace}</bdi>
      {name !== null && (
        <span className={tables['namespace']}>
          {' '}
          claim in <bdi>{namespace}</bdi>
        </span>
      )}
    </>
  );
}

function Taken({ by }: { by: readonly string[] }) {
  const [first, ...more] = by;
  if (first === undefined) return 'none';
  return (
    <>
      <ScheduleLink name={first} />
      {more.length > 0 && ` and ${more.length} more`}
    </>
  );
}

function Newest({ item: { restorePoint } }: { item: CoverageItem }) {
  if (restorePoint === null) return null;
  return (
    <>
      <Link
        to="/backups/$backup"
        params={{ backup: restorePoint.backup }}
        search={(before) => ({ cluster: before.cluster })}
      >
        {restorePoint.backup}
      </Link>{' '}
      <Time at={restorePoint.at} />
    </>
  );
}

function BackUp({ item, onBackUp }: { item: CoverageItem } & Pick<Props, 'onBackUp'>) {
  if (item.state !== 'uncovered' || item.subject !== 'namespace') return null;
  return (
    <Button
      size="small"
      label={`Back up now: ${item.namespace}`}
      onClick={() => onBackUp([item.namespace])}
    >
      Back up now
    </Button>
  );
}

function badgeOf(state: CoverageItem['state']) {
  if (state === 'covered') return { state: 'completed' as const, word: 'Covered' };
  if (state === 'partly') return { state: 'partial' as const, word: 'Partly' };
  return { state: 'missed' as const, word: 'Not covered' };
}
