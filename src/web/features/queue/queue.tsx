import { useQuery } from '@tanstack/react-query';
import { type DragEvent, useState } from 'react';
import { priorities, type Priority } from '#shared/runs/runs.contract.ts';
import { queueApi, type Queued } from '#shared/schedules/queue.contract.ts';
import { count } from '#shared/words/format.models.ts';
import { useAct } from '../../lib/act.ts';
import { useCluster } from '../../lib/cluster.ts';
import { keys } from '../../lib/keys.ts';
import { useMay } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { CancelRun } from '../../ui/cancel-run.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/region.tsx';
import { RunProgress } from '../../ui/run-progress.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Time } from '../../ui/time.tsx';
import { queueQuery } from './queue.queries.ts';
import styles from './queue.module.css';

/** What runs, what waits, why, and until when? */
export function Queue() {
  const query = useQuery(queueQuery(useCluster()));
  const { running = [], waiting = [] } = query.data ?? {};
  return (
    <Page
      title={query.data ? titleOf(running.length, waiting.length) : 'Queue'}
      lede="Urgent goes before high, normal and low; who waits for an hour counts for one more."
    >
      <QueryState what="The queue" query={query}>
        {(queue) =>
          queue.running.length + queue.waiting.length === 0 ? (
            <Empty
              title="The queue is empty"
              why="What people and schedules ask for waits here for its turn."
            />
          ) : (
            <>
              <Running queued={queue.running} />
              <Waiting queued={queue.waiting} />
            </>
          )
        }
      </QueryState>
    </Page>
  );
}

function titleOf(running: number, waiting: number): string {
  if (running + waiting === 0) return 'Nothing runs, and nothing waits';
  const runs = running === 0 ? 'Nothing runs' : `${count(running, 'run')} under way`;
  const waits = waiting === 0 ? 'nothing waits' : `${waiting} ${waiting === 1 ? 'waits' : 'wait'}`;
  return `${runs}, ${waits}`;
}

function Running({ queued }: { queued: readonly Queued[] }) {
  if (queued.length === 0) return null;
  return (
    <section aria-label="Running">
      <h2>Running</h2>
      <ul className={styles['list']}>
        {queued.map(({ run, expectedEnd }) => (
          <li key={run.id} className={styles['entry']}>
            <div className={styles['row']}>
              <StateBadge state={run.state} />
              <p className={styles['words']}>
                {run.kind} <bdi>{run.backup}</bdi>, {run.priority}
                {expectedEnd !== null && (
                  <>
                    , probably over <Time at={expectedEnd} />
                  </>
                )}
              </p>
              <CancelRun run={run} />
            </div>
            <RunProgress run={run} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** In the order of their turns; dragged onto another, a run goes before it. */
function Waiting({ queued }: { queued: readonly Queued[] }) {
  const [dragged, setDragged] = useState<string | null>(null);
  const place = usePlace();
  if (queued.length === 0) return null;
  const drop = (before: string) => (event: DragEvent) => {
    event.preventDefault();
    if (dragged !== null && dragged !== before) place.move(dragged, { before });
    setDragged(null);
  };
  return (
    <section aria-label="Waiting">
      <h2>Waiting</h2>
      <ol className={styles['list']}>
        {queued.map((one, at) => (
          // The same is done by the buttons in it, which the keyboard reaches.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
          <li
            key={one.run.id}
            className={styles['entry']}
            draggable={place.reason === null}
            data-dragged={dragged === one.run.id || undefined}
            onDragStart={() => setDragged(one.run.id)}
            onDragEnd={() => setDragged(null)}
            onDragOver={(event) => event.preventDefault()}
            onDrop={drop(one.run.id)}
          >
            <Entry queued={one} place={place} before={queued[at - 1]?.run.id} />
          </li>
        ))}
      </ol>
    </section>
  );
}

type EntryProps = {
  queued: Queued;
  place: ReturnType<typeof usePlace>;
  /** The one whose turn comes just before; undefined: it is the first. */
  before: string | undefined;
};

function Entry({ queued: { run, place: turn, expectedStart }, place, before }: EntryProps) {
  return (
    <div className={styles['row']}>
      <span className={styles['place']}>{turn}</span>
      <StateBadge state={run.state} />
      <div className={styles['words']}>
        <p>
          {run.kind} <bdi>{run.backup}</bdi>
          {expectedStart !== null && (
            <>
              , probably begins <Time at={expectedStart} />
            </>
          )}
        </p>
        <p className={styles['why']}>{run.reason ?? 'It is about to begin.'}</p>
      </div>
      <PrioritySelect run={run} place={place} />
      <Button
        size="small"
        icon="arrowUp"
        label={`Up: ${run.backup ?? run.kind} before the one ahead`}
        reason={place.reason ?? (before === undefined ? 'It is the first.' : null)}
        onClick={() => before !== undefined && place.move(run.id, { before })}
      >
        Up
      </Button>
      <CancelRun run={run} />
    </div>
  );
}

const words = { urgent: 'Urgent', high: 'High', normal: 'Normal', low: 'Low' } as const;

function PrioritySelect({ run, place }: Pick<EntryProps, 'place'> & Pick<Queued, 'run'>) {
  return (
    <select
      aria-label={`Priority of ${run.backup ?? run.kind}`}
      className={styles['select']}
      value={run.priority}
      disabled={place.reason !== null}
      onChange={(event) => {
        const priority = priorities.find((one) => one === event.target.value);
        if (priority) place.move(run.id, { priority });
      }}
    >
      {priorities.map((one) => (
        <option key={one} value={one}>
          {words[one]}
        </option>
      ))}
    </select>
  );
}

/** Changes whose turn comes first. */
function usePlace() {
  const cluster = useCluster();
  const { reason } = useMay('runs:prioritize', { cluster });
  const act = useAct({
    endpoint: queueApi.prioritize,
    words: {
      doing: 'Changing the order',
      done: ({ backup, priority }) => `${backup ?? 'The run'} waits with priority ${priority}`,
    },
    invalidates: [keys.queue(cluster)],
  });
  const move = (run: string, body: { priority?: Priority; before?: string }) =>
    void act.run({ params: { cluster, run }, body });
  return { reason, move };
}
