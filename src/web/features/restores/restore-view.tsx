import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import {
  objectOutcomes,
  type RestoredObject,
  type restoresApi,
} from '#shared/restores/restores.contract.ts';
import { isOver, runsApi } from '#shared/runs/runs.contract.ts';
import type { Result } from '#shared/http/endpoint.ts';
import { useAct } from '../../lib/act.ts';
import { useCluster } from '../../lib/cluster.ts';
import { keys } from '../../lib/keys.ts';
import { useMay } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { Empty } from '../../ui/empty.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/region.tsx';
import { RunProgress } from '../../ui/run-progress.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { looks } from '../../ui/states.models.ts';
import { Time } from '../../ui/time.tsx';
import type { Column } from '../../ui/column.types.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import styles from '../../ui/objects.module.css';
import { resultTitle } from './restore-words.models.ts';
import { restoredObjectsQuery, restoreQuery } from './restores.queries.ts';

type Restore = Result<typeof restoresApi.show>;
type Props = { run: string; outcome: string | undefined };

const crumbs = [{ label: 'Restores', to: '/restores' }, { label: 'Restore' }];

/** A restore while it happens, and what became of each object. */
export function RestoreView({ run, outcome }: Props) {
  const cluster = useCluster();
  const query = useQuery(restoreQuery(cluster, run));
  if (query.data) return <ReadRestore restore={query.data} outcome={outcome} />;
  return (
    <Page title="Restore" breadcrumbs={crumbs}>
      <QueryState what="The restore" query={query} rows={8}>
        {() => null}
      </QueryState>
    </Page>
  );
}

function ReadRestore({ restore, outcome }: { restore: Restore; outcome: string | undefined }) {
  return (
    <Page
      title={resultTitle(restore, restore.outcomes)}
      lede={<Lede restore={restore} />}
      breadcrumbs={crumbs}
      actions={
        isOver(restore.state) ? <Again restore={restore} /> : <CancelRun restore={restore} />
      }
    >
      {!isOver(restore.state) && <RunProgress run={restore} />}
      <ProblemBox problem={restore.problem} />
      <Outcomes restore={restore} outcome={outcome} />
    </Page>
  );
}

function Lede({ restore }: { restore: Restore }) {
  return (
    <>
      <StateBadge state={restore.state} /> From <b>{restore.backup}</b>, started by{' '}
      <bdi>{restore.createdBy}</bdi> <Time at={restore.createdAt} />
      {restore.finishedAt !== null && (
        <>
          , over <Time at={restore.finishedAt} />
        </>
      )}
      .
    </>
  );
}

function Again({ restore }: { restore: Restore }) {
  return (
    <LinkButton
      to="/restores/new"
      search={(before) => ({
        cluster: before.cluster,
        ...(restore.backup !== null && { backup: restore.backup }),
      })}
    >
      Restore from it again
    </LinkButton>
  );
}

function CancelRun({ restore }: { restore: Restore }) {
  const { cluster, id } = restore;
  const { reason } = useMay('runs:cancel', { cluster });
  const act = useAct({
    endpoint: runsApi.cancel,
    words: {
      doing: 'Canceling the restore',
      done: () => ({
        title: 'The restore stops',
        detail: 'What was written stays; each object says what became of it.',
      }),
    },
    invalidates: [keys.run(cluster, id), keys.runs(cluster)],
  });
  return (
    <Button
      pending={act.pending}
      reason={reason}
      onClick={() => void act.run({ params: { cluster, run: id } })}
    >
      Cancel the restore
    </Button>
  );
}

function Outcomes({ restore, outcome }: { restore: Restore; outcome: string | undefined }) {
  const navigate = useNavigate();
  const chosen = objectOutcomes.find((one) => one === outcome);
  const query = useInfiniteQuery(restoredObjectsQuery(restore, chosen));
  const { outcomes } = restore;
  const chips = objectOutcomes
    .filter((one) => (outcomes[one] ?? 0) > 0)
    .map((one) => ({ value: one, label: looks[one].word, count: outcomes[one] ?? 0 }));
  const all = Object.values(outcomes).reduce((sum, some) => sum + some, 0);
  const choose = (value: string) =>
    void navigate({
      to: '/restores/$restore',
      params: { restore: restore.id },
      search: (before) => ({ cluster: before.cluster, ...(value !== 'all' && { outcome: value }) }),
      replace: true,
    });
  return (
    <section aria-label="Objects" className={styles['section']}>
      <Chips
        label="What became of the objects"
        chips={[{ value: 'all', label: 'All', count: all }, ...chips]}
        value={chosen ?? 'all'}
        onChange={choose}
      />
      <QueryState what="The objects" query={query} rows={8}>
        {({ pages }) => {
          const objects = pages.flatMap(({ items }) => items);
          if (objects.length === 0) return <Empty title="No object was dealt with yet" />;
          return (
            <DataTable
              key={chosen}
              caption="What became of each object"
              columns={columns}
              rows={objects}
              keyOf={({ path }) => path}
              query={query}
            />
          );
        }}
      </QueryState>
    </section>
  );
}

const columns: readonly Column<RestoredObject>[] = [
  { head: 'Outcome', look: 'state', cell: ({ outcome }) => <StateBadge state={outcome} /> },
  {
    head: 'Object',
    share: 4,
    cell: ({ resource, name, namespace }) => (
      <>
        <span className={styles['kind']}>{resource}</span> <bdi>{name}</bdi>
        {namespace !== null && (
          <span className={styles['namespace']}>
            {' '}
            in <bdi>{namespace}</bdi>
          </span>
        )}
      </>
    ),
  },
  { head: 'Why', share: 3, look: 'muted', cell: ({ message }) => message },
];
