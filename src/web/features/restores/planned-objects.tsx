import { useInfiniteQuery } from '@tanstack/react-query';
import type { PlannedAction, PlannedObject } from '#shared/restores/restores.contract.ts';
import type { Column } from '../../ui/column.types.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { QueryState } from '../../ui/region.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import styles from '../../ui/objects.module.css';
import { plannedObjectsQuery } from './restores.queries.ts';

type Props = {
  cluster: string;
  plan: string;
  action: PlannedAction | undefined;
  /** The path of the object that is looked at beside the list. */
  chosen: string | undefined;
  onChoose: (path: string) => void;
};

/** What the plan would do to each object, in the order of the backup. */
export function PlannedObjects({ cluster, plan, action, chosen, onChoose }: Props) {
  const query = useInfiniteQuery(plannedObjectsQuery(cluster, plan, action));
  return (
    <QueryState what="The objects of the plan" query={query} rows={8}>
      {({ pages }) => {
        const objects = pages.flatMap(({ items }) => items);
        if (objects.length === 0) return <Empty title="No object is concerned" />;
        return (
          <DataTable
            key={action}
            caption="What would happen to each object"
            columns={columnsOf({ chosen, onChoose })}
            rows={objects}
            keyOf={({ path }) => path}
            chosen={chosen}
            query={query}
          />
        );
      }}
    </QueryState>
  );
}

type Choice = Pick<Props, 'chosen' | 'onChoose'>;

const columnsOf = ({ chosen, onChoose }: Choice): readonly Column<PlannedObject>[] => [
  { head: 'Would', look: 'state', cell: ({ action }) => <StateBadge state={action} /> },
  {
    head: 'Object',
    share: 4,
    cell: (object) => (
      <ObjectName object={object} isChosen={object.path === chosen} onChoose={onChoose} />
    ),
  },
  { head: 'Why', share: 4, look: 'muted', cell: whyOf },
];

type NameProps = {
  object: PlannedObject;
  isChosen: boolean;
  onChoose: (path: string) => void;
};

function ObjectName({ object, isChosen, onChoose }: NameProps) {
  const { path, kind, namespace, name } = object;
  return (
    <button
      type="button"
      className={styles['name']}
      aria-pressed={isChosen}
      title={namespace === null ? name : `${namespace}/${name}`}
      onClick={() => onChoose(path)}
    >
      <span className={styles['kind']}>{kind}</span> <bdi>{name}</bdi>
      {namespace !== null && (
        <span className={styles['namespace']}>
          {' '}
          in <bdi>{namespace}</bdi>
        </span>
      )}
    </button>
  );
}

function whyOf({ reason, alsoNeeded, checked, action }: PlannedObject): string {
  const parts = [
    reason,
    alsoNeeded ? 'Also needed.' : null,
    checked === 'notBeforehand' && action === 'create'
      ? 'Checked when its namespace or kind is there.'
      : null,
  ];
  return parts.filter((part) => part !== null).join(' ');
}
