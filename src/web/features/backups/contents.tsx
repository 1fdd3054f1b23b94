import { useInfiniteQuery } from '@tanstack/react-query';
import type { ContentEntry } from '#shared/backups/contents.contract.ts';
import { figure, size } from '#shared/words/format.models.ts';
import { useCluster } from '../../lib/cluster.ts';
import { Button } from '../../ui/button.tsx';
import type { Column } from '../../ui/column.types.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Icon } from '../../ui/icon.tsx';
import styles from '../../ui/objects.module.css';
import { QueryState } from '../../ui/region.tsx';
import type { BackupSearch } from './backup-search.models.ts';
import { contentsQuery } from './backups.queries.ts';
import { ObjectText } from './object-text.tsx';

type Props = {
  backup: string;
  search: BackupSearch;
  onSearch: (change: Partial<BackupSearch>) => void;
};

const root = 'resources/';

/** The tree of a backup, one level at a time: kind, namespace, object. */
export function Contents({ backup, search, onSearch }: Props) {
  const prefix = search.prefix ?? root;
  const query = useInfiniteQuery(contentsQuery(useCluster(), backup, prefix));
  const open = (entry: ContentEntry) =>
    onSearch(
      entry.entry === 'folder'
        ? { prefix: `${entry.path.replace(/\/$/, '')}/`, object: undefined }
        : { object: entry.path },
    );
  if (search.object !== undefined)
    return (
      <ObjectText
        backup={backup}
        path={search.object}
        onBack={() => onSearch({ object: undefined })}
      />
    );
  return (
    <section aria-label="Contents">
      {prefix !== root && <Up prefix={prefix} onUp={(up) => onSearch({ prefix: up })} />}
      <QueryState what="The contents" query={query} rows={8}>
        {({ pages }) => {
          const entries = pages.flatMap(({ items }) => items);
          if (entries.length === 0) return <Empty title="Nothing is in here" />;
          return (
            <DataTable
              key={prefix}
              caption={`What is in ${prefix}`}
              columns={columnsOf(open)}
              rows={entries}
              keyOf={({ path }) => path}
              query={query}
            />
          );
        }}
      </QueryState>
    </section>
  );
}

function Up({ prefix, onUp }: { prefix: string; onUp: (prefix: string | undefined) => void }) {
  const parts = prefix.replace(/\/$/, '').split('/');
  const up = `${parts.slice(0, -1).join('/')}/`;
  return (
    <p>
      <Button size="small" icon="back" onClick={() => onUp(up === root ? undefined : up)}>
        Up
      </Button>{' '}
      <bdi>{parts.slice(1).join(' › ')}</bdi>
    </p>
  );
}

const columnsOf = (onOpen: (entry: ContentEntry) => void): readonly Column<ContentEntry>[] => [
  {
    head: 'Name',
    share: 6,
    cell: (entry) => (
      <button type="button" className={styles['name']} onClick={() => onOpen(entry)}>
        <Icon name={entry.sealed ? 'lock' : entry.entry === 'folder' ? 'folder' : 'file'} />{' '}
        <bdi>{entry.name.replace(/\.json$/, '')}</bdi>
      </button>
    ),
  },
  { head: 'Objects', look: 'number', cell: ({ objects }) => figure(objects) },
  { head: 'Size', look: 'number', cell: ({ bytes }) => size(bytes) },
];
