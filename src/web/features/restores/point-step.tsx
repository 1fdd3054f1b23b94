import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useId, useState } from 'react';
import type { Backup } from '#shared/backups/backups.contract.ts';
import { count } from '#shared/words/format.models.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Name } from '../../ui/name.tsx';
import { QueryState } from '../../ui/region.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Time } from '../../ui/time.tsx';
import { restorePointsQuery } from './restores.queries.ts';
import styles from './wizard-steps.module.css';

type Props = {
  /** Whose backups. */
  cluster: string;
  chosen: string | undefined;
  onChoose: (backup: string) => void;
};

/** From which backup: the newest good one first. */
export function PointStep({ cluster, chosen, onChoose }: Props) {
  const [search, setSearch] = useState('');
  const query = useInfiniteQuery(restorePointsQuery(cluster, useDeferredValue(search)));
  return (
    <fieldset className={styles['step']}>
      <legend className={styles['legend']}>Restore point</legend>
      <SearchField value={search} onChange={setSearch} />
      <QueryState what="The restore points" query={query}>
        {({ pages }) => (
          <Points
            points={pages.flatMap(({ items }) => items)}
            search={search}
            chosen={chosen}
            onChoose={onChoose}
          />
        )}
      </QueryState>
      {query.hasNextPage && (
        <Button
          size="small"
          pending={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Show older ones
        </Button>
      )}
    </fieldset>
  );
}

type PointsProps = Omit<Props, 'cluster'> & { points: readonly Backup[]; search: string };

function Points({ points, search, chosen, onChoose }: PointsProps) {
  if (points.length === 0)
    return (
      <Empty
        title={search === '' ? 'There is no backup yet' : `No backup has “${search}” in its name`}
        why={search === '' ? 'A restore brings back what a backup holds. Back up first.' : ''}
      />
    );
  return (
    <ul className={styles['points']}>
      {points.map((point) => (
        <Point
          key={point.id}
          point={point}
          isChosen={point.id === chosen}
          onChoose={() => onChoose(point.id)}
        />
      ))}
    </ul>
  );
}

type PointProps = { point: Backup; isChosen: boolean; onChoose: () => void };

function Point({ point, isChosen, onChoose }: PointProps) {
  const id = useId();
  const isUsable = point.state === 'completed' || point.state === 'partial';
  return (
    <li className={styles['point']}>
      <input
        type="radio"
        name="restore-point"
        id={id}
        checked={isChosen}
        disabled={!isUsable}
        onChange={onChoose}
      />
      <label htmlFor={id} className={styles['pointName']}>
        <Name name={point.id} />
      </label>
      <StateBadge state={point.state} />
      <span className={styles['pointFacts']}>
        {count(point.objects, 'object')} · <Time at={point.completedAt} />
      </span>
    </li>
  );
}
