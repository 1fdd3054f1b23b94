import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { isOver, type Run } from '#shared/runs/runs.contract.ts';
import { count, figure } from '#shared/words/format.models.ts';
import { useCluster } from '../../lib/cluster.ts';
import { useMay } from '../../lib/session.ts';
import { Empty } from '../../ui/empty.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/region.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Time } from '../../ui/time.tsx';
import type { Column } from '../../ui/column.types.ts';
import { DataTable } from '../../ui/data-table.tsx';
import styles from '../../ui/objects.module.css';
import { writtenOf } from './restore-words.models.ts';
import { restoresQuery } from './restores.queries.ts';

/** What was brought back, newest first, and the way to bring something back. */
export function RestoresList() {
  const cluster = useCluster();
  const query = useInfiniteQuery(restoresQuery(cluster));
  const runs = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Page title="Restores" lede={query.data && ledeOf(runs, cluster)} actions={<NewRestore />}>
      <QueryState what="The restores" query={query} rows={6}>
        {() =>
          runs.length === 0 ? (
            <Empty
              title="Nothing has been restored here yet"
              why="A restore begins with a plan that shows what would happen to each object; making one changes nothing."
              action={<NewRestore />}
            />
          ) : (
            <DataTable
              caption="Restores, newest first"
              columns={columns}
              rows={runs}
              keyOf={({ id }) => id}
              query={query}
            />
          )
        }
      </QueryState>
    </Page>
  );
}

function ledeOf(runs: readonly Run[], cluster: string): string {
  const going = runs.filter(({ state }) => !isOver(state)).length;
  if (going > 0) return `${count(going, 'restore')} into ${cluster} under way.`;
  return runs.length === 0
    ? `Nothing is being restored into ${cluster}.`
    : `No restore into ${cluster} is under way.`;
}

function NewRestore() {
  const cluster = useCluster();
  const { may, reason } = useMay('restores:read', { cluster });
  if (!may) return <p className={styles['reason']}>{reason}</p>;
  return (
    <LinkButton
      to="/restores/new"
      search={(before) => ({ cluster: before.cluster })}
      look="primary"
      icon="add"
    >
      Restore
    </LinkButton>
  );
}

const columns: readonly Column<Run>[] = [
  { head: 'State', look: 'state', cell: ({ state }) => <StateBadge state={state} /> },
  {
    head: 'From',
    share: 3,
    cell: (run) => (
      <Link
        to="/restores/$restore"
        params={{ restore: run.id }}
        search={(before) => ({ cluster: before.cluster })}
      >
        {run.backup ?? run.id}
      </Link>
    ),
  },
  {
    head: 'Objects written',
    look: 'number',
    cell: ({ result }) => (result ? figure(writtenOf(result)) : ''),
  },
  { head: 'By', cell: ({ createdBy }) => <bdi>{createdBy}</bdi> },
  { head: 'When', look: 'time', cell: ({ createdAt }) => <Time at={createdAt} /> },
];
