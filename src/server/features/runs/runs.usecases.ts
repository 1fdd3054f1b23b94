import type { Run } from '#shared/runs/runs.contract.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Reach } from '../../platform/runs.types.ts';
import type { Runner } from './runner.ts';
import { runOver, runUnknown } from './runs.errors.ts';
import { asSeen, isVisible, mayReadLog } from './runs.models.ts';
import type { RunFilter, RunsRepository } from './runs.repository.ts';

type At = { cluster: string; run: string };
type Needs = { runs: Pick<RunsRepository, 'find'> };

/** Throws `runs.unknown` also for a run that this person may not see. */
export async function showRun({ cluster, run }: At, actor: Actor, { runs }: Needs): Promise<Run> {
  const stored = await runs.find(run);
  const reach = actor.namespacesWith('runs:read', cluster);
  if (!stored || stored.run.cluster !== cluster || !isVisible(stored.namespaces, reach))
    throw runUnknown(run);
  return asSeen(stored.run, reach);
}

type Page = { limit: number; cursor?: string | undefined };

export async function readLog(
  at: At & { page: Page },
  actor: Actor,
  { runs }: { runs: Pick<RunsRepository, 'find' | 'log'> },
): ReturnType<RunsRepository['log']> {
  const run = await showRun(at, actor, { runs });
  const reach = actor.namespacesWith('runs:read', at.cluster);
  return mayReadLog(run, reach) ? runs.log(run.id, at.page) : { items: [], next: null };
}

export async function listRuns(
  { page, ...filter }: RunFilter & { page: Page },
  reach: Reach,
  { runs }: { runs: Pick<RunsRepository, 'list'> },
): ReturnType<RunsRepository['list']> {
  const { items, next } = await runs.list(filter, reach, page);
  return { items: items.map((run) => asSeen(run, reach)), next };
}

/** Answers the run as it is right after asking: one that is going on ends a little later. */
export async function cancelRun(
  { cluster, run }: At,
  actor: Actor,
  { runs, runner }: Needs & { runner: Pick<Runner, 'cancel'> },
): Promise<Run> {
  const before = await runs.find(run);
  if (before?.run.cluster !== cluster) throw runUnknown(run);
  const canceled = await runner.cancel(run);
  const after = (await runs.find(run))?.run ?? before.run;
  if (!canceled) throw runOver(after.state);
  return asSeen(after, actor.namespacesWith('runs:read', cluster));
}
