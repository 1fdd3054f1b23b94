import type { Run } from '#shared/runs/runs.contract.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Runner } from './runner.ts';
import { runOver, runUnknown } from './runs.errors.ts';
import { isVisible } from './runs.models.ts';
import type { RunsRepository } from './runs.repository.ts';

type At = { cluster: string; run: string };
type Needs = { runs: Pick<RunsRepository, 'find'> };

/** Throws `runs.unknown` also for a run that this person may not see. */
export async function showRun({ cluster, run }: At, actor: Actor, { runs }: Needs): Promise<Run> {
  const stored = await runs.find(run);
  const reach = actor.namespacesWith('runs:read', cluster);
  if (!stored || stored.run.cluster !== cluster || !isVisible(stored.namespaces, reach))
    throw runUnknown(run);
  return stored.run;
}

/** Answers the run as it is right after asking: one that is going on ends a little later. */
export async function cancelRun(
  { cluster, run }: At,
  { runs, runner }: Needs & { runner: Pick<Runner, 'cancel'> },
): Promise<Run> {
  const before = await runs.find(run);
  if (before?.run.cluster !== cluster) throw runUnknown(run);
  const canceled = await runner.cancel(run);
  const after = (await runs.find(run))?.run ?? before.run;
  if (!canceled) throw runOver(after.state);
  return after;
}
