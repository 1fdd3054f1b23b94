import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { ObjectChange } from '#shared/backups/contents.contract.ts';
import { figure } from '#shared/words/format.models.ts';
import { useCluster } from '../../lib/cluster.ts';
import { Empty } from '../../ui/empty.tsx';
import { FieldChange } from '../../ui/field-change.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import styles from '../../ui/objects.module.css';
import { QueryState } from '../../ui/region.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import type { BackupSearch } from './backup-search.models.ts';
import { backupsQuery, diffQuery, objectDiffQuery } from './backups.queries.ts';

type Props = {
  backup: string;
  search: BackupSearch;
  onSearch: (change: Partial<BackupSearch>) => void;
};

/** What changed since: up to another backup, or to the cluster as it is now. */
export function Compare({ backup, search, onSearch }: Props) {
  const id = useId();
  const cluster = useCluster();
  const to = search.to ?? 'live';
  const others = useInfiniteQuery(backupsQuery(cluster, {}));
  const query = useInfiniteQuery(diffQuery(cluster, backup, to));
  const names = others.data?.pages.flatMap(({ items }) => items.map((one) => one.id)) ?? [];
  return (
    <section aria-label="Compare">
      <div className={styles['search']}>
        <label htmlFor={id}>With</label>
        <select id={id} value={to} onChange={(event) => onSearch({ to: event.target.value })}>
          <option value="live">the cluster as it is now</option>
          {names
            .filter((name) => name !== backup)
            .map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
        </select>
      </div>
      <QueryState what="The differences" query={query} rows={8}>
        {({ pages }) => {
          const changes = pages.flatMap(({ items }) => items);
          if (changes.length === 0)
            return <Empty title="Nothing differs" why="As far as you may see." />;
          return (
            <>
              <ul className={styles['changes']}>
                {changes.map((change) => (
                  <ChangedObject key={change.path} backup={backup} to={to} change={change} />
                ))}
              </ul>
              <MoreButton query={query} shown={figure(changes.length)} />
            </>
          );
        }}
      </QueryState>
    </section>
  );
}

type ChangedProps = { backup: string; to: string; change: ObjectChange };

function ChangedObject({ backup, to, change }: ChangedProps) {
  const [opened, setOpened] = useState(false);
  const { path } = change;
  return (
    <li>
      <StateBadge state={change.change} />{' '}
      <button
        type="button"
        className={styles['name']}
        aria-expanded={opened}
        onClick={() => setOpened(!opened)}
      >
        <bdi>{path.replace(/^resources\//, '').replace(/\.json$/, '')}</bdi>
      </button>
      {opened && <Fields backup={backup} to={to} path={path} />}
    </li>
  );
}

function Fields({ backup, to, path }: { backup: string; to: string; path: string }) {
  const query = useQuery(objectDiffQuery(useCluster(), backup, { to, path }));
  return (
    <QueryState what="The difference" query={query}>
      {({ items }) => (
        <>
          {items[0]?.sealed && <p>Its values are secret: only the names of keys are shown.</p>}
          {(items[0]?.changes ?? []).map((change) => (
            <FieldChange key={change.path} change={change} />
          ))}
        </>
      )}
    </QueryState>
  );
}
