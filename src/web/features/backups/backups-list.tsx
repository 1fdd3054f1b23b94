import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useId } from 'react';
import { type Backup, backupStates } from '#shared/backups/backups.contract.ts';
import { count, figure, size } from '#shared/words/format.models.ts';
import { useCluster } from '../../lib/cluster.ts';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Icon } from '../../ui/icon.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import styles from '../../ui/objects.module.css';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/region.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { looks } from '../../ui/states.models.ts';
import { Time } from '../../ui/time.tsx';
import type { BackupsFilter } from './backups-filter.models.ts';
import { backupsQuery } from './backups.queries.ts';

type Props = {
  filter: BackupsFilter;
  onFilter: (filter: BackupsFilter) => void;
  actions: ReactNode;
};

/** What ran, newest first. */
export function BackupsList({ filter, onFilter, actions }: Props) {
  const query = useInfiniteQuery(backupsQuery(useCluster(), filter));
  const [first] = query.data?.pages ?? [];
  const backups = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const counted = (value: string) =>
    first?.facets.state.find((one) => one.value === value)?.backups ?? 0;
  return (
    <Page title="Backups" lede={first && ledeOf(first.total, backups[0])} actions={actions}>
      <Search
        value={filter.search ?? ''}
        onChange={(search) => onFilter({ ...filter, search: search || undefined })}
      />
      <Chips
        label="State"
        value={filter.state ?? 'all'}
        chips={[
          { value: 'all', label: 'All' },
          ...backupStates.map((state) => ({
            value: state,
            label: looks[state].word,
            count: counted(state),
          })),
        ]}
        onChange={(value) =>
          onFilter({ ...filter, state: backupStates.find((one) => one === value) })
        }
      />
      <QueryState what="The backups" query={query} rows={8}>
        {() =>
          backups.length === 0 ? (
            <None
              isFiltered={Object.values(filter).some(Boolean)}
              onAll={() => onFilter({})}
              action={actions}
            />
          ) : (
            <>
              <Backups backups={backups} />
              <MoreButton query={query} shown={figure(backups.length)} />
            </>
          )
        }
      </QueryState>
    </Page>
  );
}

function ledeOf(total: number, newest: Backup | undefined): ReactNode {
  if (!newest) return count(total, 'backup');
  return (
    <>
      {count(total, 'backup')}; the newest is from <Time at={newest.completedAt} />.
    </>
  );
}

function Search({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const id = useId();
  return (
    <div className={styles['search']}>
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

type NoneProps = { isFiltered: boolean; onAll: () => void; action: ReactNode };

function None({ isFiltered, onAll, action }: NoneProps) {
  if (isFiltered)
    return <Empty title="No backup matches" action={<Button onClick={onAll}>Show all</Button>} />;
  return (
    <Empty
      title="There is no backup yet"
      why="A backup holds the objects of the cluster, so that they can be brought back."
      action={action}
    />
  );
}

function Backups({ backups }: { backups: readonly Backup[] }) {
  return (
    <table className={styles['objects']}>
      <caption className={styles['caption']}>Backups, newest first</caption>
      <thead>
        <tr>
          <th scope="col">State</th>
          <th scope="col">Name</th>
          <th scope="col">Holds</th>
          <th scope="col" className={styles['number']}>
            Objects
          </th>
          <th scope="col" className={styles['number']}>
            Size
          </th>
          <th scope="col">When</th>
        </tr>
      </thead>
      <tbody>
        {backups.map((backup) => (
          <tr key={backup.id}>
            <td className={styles['state']}>
              <StateBadge state={backup.state} />
            </td>
            <td>
              <Link
                to="/backups/$backup"
                params={{ backup: backup.id }}
                search={(before) => ({ cluster: before.cluster })}
              >
                {backup.id}
              </Link>{' '}
              {backup.pin && (
                <span title="Pinned: retention keeps it">
                  <Icon name="pin" />
                  <span className={styles['caption']}>pinned</span>
                </span>
              )}
            </td>
            <td className={styles['why']}>{holds(backup)}</td>
            <td className={styles['number']}>{figure(backup.objects)}</td>
            <td className={styles['number']}>{size(backup.bytes)}</td>
            <td>
              <Time at={backup.completedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function holds({ namespaces, kindsNotRead, volumesNotBackedUp }: Backup): string {
  const parts = [
    namespaces === null
      ? 'whole cluster'
      : namespaces.length > 3
        ? count(namespaces.length, 'namespace')
        : namespaces.join(', '),
    kindsNotRead > 0 && `${count(kindsNotRead, 'kind')} not read`,
    volumesNotBackedUp > 0 && `data of ${count(volumesNotBackedUp, 'volume')} not`,
  ];
  return parts.filter((part) => part !== false).join(' · ');
}
