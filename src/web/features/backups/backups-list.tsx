import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { type Backup, backupOrders, backupStates } from '#shared/backups/backups.contract.ts';
import { count, figure, size } from '#shared/words/format.models.ts';
import { useCluster } from '../../lib/cluster.ts';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import type { Column } from '../../ui/column.types.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Icon } from '../../ui/icon.tsx';
import styles from '../../ui/objects.module.css';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/region.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { looks } from '../../ui/states.models.ts';
import { Time } from '../../ui/time.tsx';
import type { BackupsFilter } from './backups-filter.models.ts';
import { backupsQuery } from './backups.queries.ts';
import { BulkBar } from './bulk-bar.tsx';

type Props = {
  filter: BackupsFilter;
  onFilter: (filter: BackupsFilter) => void;
  actions: ReactNode;
};

/** What ran, newest first. */
export function BackupsList({ filter, onFilter, actions }: Props) {
  const query = useInfiniteQuery(backupsQuery(useCluster(), filter));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [first] = query.data?.pages ?? [];
  const backups = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const counted = (value: string) =>
    first?.facets.state.find((one) => one.value === value)?.backups ?? 0;
  return (
    <Page title="Backups" lede={first && ledeOf(first.total, backups[0])} actions={actions}>
      <SearchField
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
              isFiltered={[filter.state, filter.type, filter.namespace, filter.search].some(
                Boolean,
              )}
              onAll={() => onFilter({})}
              action={actions}
            />
          ) : (
            <>
              <BulkBar
                chosen={backups.filter(({ id }) => chosen.has(id))}
                onDone={() => setChosen(new Set())}
              />
              <DataTable
                key={JSON.stringify(filter)}
                caption="Backups"
                name="backups"
                columns={columns}
                rows={backups}
                keyOf={({ id }) => id}
                query={query}
                order={filter.order ?? 'newest'}
                onOrder={(order) =>
                  onFilter({ ...filter, order: backupOrders.find((one) => one === order) })
                }
                selection={{ chosen, onChange: setChosen, labelOf: ({ id }) => `Select ${id}` }}
              />
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
      {count(total, 'backup')}; the newest was made <Time at={newest.completedAt} />.
    </>
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

const columns: readonly Column<Backup>[] = [
  { head: 'State', look: 'state', cell: ({ state }) => <StateBadge state={state} /> },
  { head: 'Name', share: 3, order: ['name'], cell: (backup) => <BackupName backup={backup} /> },
  { head: 'Holds', share: 3, optional: true, look: 'muted', cell: holds },
  { head: 'Objects', look: 'number', optional: true, cell: ({ objects }) => figure(objects) },
  {
    head: 'Size',
    look: 'number',
    optional: true,
    order: ['largest'],
    cell: ({ bytes }) => size(bytes),
  },
  {
    head: 'When',
    look: 'time',
    order: ['newest', 'oldest'],
    cell: ({ completedAt }) => <Time at={completedAt} />,
  },
];

function BackupName({ backup }: { backup: Backup }) {
  return (
    <>
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
    </>
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
