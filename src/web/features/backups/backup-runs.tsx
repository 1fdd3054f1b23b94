import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isOver, type Run } from '#shared/runs/runs.contract.ts';
import { figure } from '#shared/words/format.models.ts';
import { useCluster } from '../../lib/cluster.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import styles from '../../ui/objects.module.css';
import { QueryState } from '../../ui/region.tsx';
import { RunProgress } from '../../ui/run-progress.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Time } from '../../ui/time.tsx';
import { logQuery, runsOfQuery } from './backups.queries.ts';

/** What was done to a backup, and what each run said meanwhile. */
export function BackupRuns({ backup }: { backup: string }) {
  const query = useQuery(runsOfQuery(useCluster(), backup));
  return (
    <QueryState what="The runs" query={query} rows={4}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title="No run of it is known" why="It was found in the repository." />
        ) : (
          <ul className={styles['changes']}>
            {items.map((run) => (
              <RunLine key={run.id} run={run} />
            ))}
          </ul>
        )
      }
    </QueryState>
  );
}

function RunLine({ run }: { run: Run }) {
  const [opened, setOpened] = useState(false);
  return (
    <li>
      <StateBadge state={run.state} /> {run.kind} by <bdi>{run.createdBy}</bdi>{' '}
      <Time at={run.createdAt} />{' '}
      <Button
        size="small"
        label={`${opened ? 'Hide the log' : 'Show the log'} of ${run.kind}`}
        onClick={() => setOpened(!opened)}
      >
        {opened ? 'Hide the log' : 'Show the log'}
      </Button>
      {run.problem && (
        <p>
          {run.problem.title} {run.problem.detail}
        </p>
      )}
      {!isOver(run.state) && <RunProgress run={run} />}
      {opened && <Log run={run.id} />}
    </li>
  );
}

function Log({ run }: { run: string }) {
  const query = useInfiniteQuery(logQuery(useCluster(), run));
  return (
    <QueryState what="The log" query={query} rows={4}>
      {({ pages }) => {
        const lines = pages.flatMap(({ items }) => items);
        if (lines.length === 0) return <p>It said nothing.</p>;
        return (
          <>
            <ol className={styles['log']}>
              {lines.map(({ seq, at, level, message }) => (
                <li key={seq} data-level={level}>
                  <time dateTime={at}>{at.slice(11, 19)}</time>{' '}
                  {level !== 'info' && <b>{level} </b>}
                  {message}
                </li>
              ))}
            </ol>
            <MoreButton query={query} shown={figure(lines.length)} />
          </>
        );
      }}
    </QueryState>
  );
}
