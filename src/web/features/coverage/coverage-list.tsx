import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import {
  type CoverageItem,
  coverageStates,
  coverageSubjects,
} from '#shared/coverage/coverage.contract.ts';
import { count, figure } from '#shared/words/format.models.ts';
import { useCluster } from '../../lib/cluster.ts';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { Empty } from '../../ui/empty.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import tables from '../../ui/objects.module.css';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/region.tsx';
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
      <Search
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
            <>
              <Items items={items} onBackUp={onBackUp} />
              <MoreButton query={query} shown={figure(items.length)} />
            </>
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

function Search({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const id = useId();
  return (
    <div className={tables['search']}>
      <label htmlFor={id}>Name contains</label>
      <input
        id={id}
        type="search"
        value={value}
        maxLength={253}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

function Items({ items, onBackUp }: { items: readonly CoverageItem[] } & Pick<Props, 'onBackUp'>) {
  return (
    <table className={tables['objects']}>
      <caption className={tables['caption']}>{count(items.length, 'line')}, worst first</caption>
      <thead>
        <tr>
          <th scope="col">Covered</th>
          <th scope="col">What</th>
          <th scope="col">Why</th>
          <th scope="col">Newest restore point</th>
          <th scope="col">
            <span className={tables['caption']}>Act</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={`${item.subject}/${item.namespace}/${item.name}`}>
            <td className={tables['state']}>
              <StateBadge {...badgeOf(item.state)} />
            </td>
            <td>
              <bdi>{item.name ?? item.namespace}</bdi>
              {item.name !== null && (
                <span className={tables['namespace']}>
                  {' '}
                  claim in <bdi>{item.namespace}</bdi>
                </span>
              )}
            </td>
            <td className={tables['why']}>{item.reason?.sentence}</td>
            <td>
              {item.restorePoint && (
                <>
                  <Link
                    to="/backups/$backup"
                    params={{ backup: item.restorePoint.backup }}
                    search={(before) => ({ cluster: before.cluster })}
                  >
                    {item.restorePoint.backup}
                  </Link>{' '}
                  <Time at={item.restorePoint.at} />
                </>
              )}
            </td>
            <td>
              {item.state === 'uncovered' && item.subject === 'namespace' && (
                <Button
                  size="small"
                  label={`Back up now: ${item.namespace}`}
                  onClick={() => onBackUp([item.namespace])}
                >
                  Back up now
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function badgeOf(state: CoverageItem['state']) {
  if (state === 'covered') return { state: 'completed' as const, word: 'Covered' };
  if (state === 'partly') return { state: 'partial' as const, word: 'Partly' };
  return { state: 'missed' as const, word: 'Not covered' };
}
