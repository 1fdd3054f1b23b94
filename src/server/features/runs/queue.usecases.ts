import { isOver, pendingStates, type Priority, type Run } from '#shared/runs/runs.contract.ts';
import type { Queued } from '#shared/schedules/queue.contract.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Clock } from '../../platform/clock.ts';
import type { StoredRun } from '../../platform/runs.types.ts';
import { type Expected, expectedTimes } from './expected.models.ts';
import { inOrder } from './queue-order.models.ts';
import type { Runner } from './runner.ts';
import type { RunnerNeeds } from './runner.types.ts';
import { begun, placeUnknown, runUnknown } from './runs.errors.ts';
import { asSeen, isVisible } from './runs.models.ts';
import type { RunsRepository } from './runs.repository.ts';

export type QueueNeeds = {
  runs: Pick<RunsRepository, 'unfinished' | 'find'>;
  runner: Pick<Runner, 'prioritize'>;
  gate: RunnerNeeds['gate'];
  /** How long runs usually take. */
  lengths: () => Promise<(run: Run) => number | null>;
  clock: Clock;
};

const shown = 500;
const iso = (at: number): string => new Date(at).toISOString();

/** What runs and what waits in a cluster, in the order of their turns: of all clusters, because they share. */
export async function showQueue(
  cluster: string,
  actor: Actor,
  needs: QueueNeeds,
): Promise<{ running: Queued[]; waiting: Queued[] }> {
  const now = needs.clock().epochMilliseconds;
  const reach = actor.namespacesWith('runs:read', cluster);
  const all = await needs.runs.unfinished();
  const running = all.filter(({ run }) => run.state === 'running');
  const waiting = inTurn(
    all.filter(({ run }) => run.state !== 'running'),
    now,
  );
  const times = expectedTimes(
    {
      waiting: waiting.map(({ run }) => run),
      running: running.map(({ run }) => ({
        run,
        startedAt: Date.parse(run.startedAt ?? run.createdAt),
      })),
      lengthOf: await needs.lengths(),
      closed: await needs.gate(),
    },
    now,
  );
  const seen = ({ run, namespaces }: StoredRun) =>
    run.cluster === cluster && isVisible(namespaces, reach);
  const entry = (run: Run, place: number | null): Queued => ({
    run: asSeen(run, reach),
    place,
    ...saidOf(times.get(run.id)),
  });
  return {
    running: running.filter(seen).map(({ run }) => entry(run, null)),
    waiting: waiting
      .filter(({ run }) => run.cluster === cluster)
      .map((stored, index) => ({ stored, place: index + 1 }))
      .filter(({ stored }) => seen(stored))
      .slice(0, shown)
      .map(({ stored, place }) => entry(stored.run, place)),
  };
}

const inTurn = (pending: readonly StoredRun[], now: number): StoredRun[] =>
  inOrder(
    pending.map((stored) => ({
      stored,
      id: stored.run.id,
      priority: stored.run.priority,
      rank: stored.rank,
      createdAt: Date.parse(stored.run.createdAt),
    })),
    now,
  ).map(({ stored }) => stored);

const saidOf = (times: Expected | undefined) => ({
  expectedStart: times?.start == null ? null : iso(times.start),
  expectedEnd: times?.end == null ? null : iso(times.end),
});

type Asked = {
  cluster: string;
  run: string;
  priority?: Priority | undefined;
  before?: string | undefined;
};

/** Throws `runs.begun` for a run that waits no more. */
export async function prioritizeRun(
  { cluster, run, priority, before }: Asked,
  actor: Actor,
  needs: QueueNeeds,
): Promise<Run> {
  const stored = await needs.runs.find(run);
  if (stored?.run.cluster !== cluster) throw runUnknown(run);
  if (isOver(stored.run.state)) throw begun(stored.run.state);
  if (before === run) throw placeUnknown();
  const place =
    before === undefined ? priority && { priority } : await placeBefore(before, cluster, needs);
  if (place === undefined) throw placeUnknown();
  await needs.runner.prioritize(run, place);
  const after = (await needs.runs.find(run))?.run ?? stored.run;
  return asSeen(after, actor.namespacesWith('runs:read', cluster));
}

/** The same class as that one, and just before it. */
async function placeBefore(before: string, cluster: string, { runs }: QueueNeeds) {
  const other = await runs.find(before);
  const waits = other?.run.cluster === cluster && pendingStates.includes(other.run.state);
  return waits ? { priority: other.run.priority, rank: other.rank - 1 } : undefined;
}
