import { isOver, type Run } from '#shared/runs/runs.contract.ts';
import type { EngineCluster } from '../../engines/engine.ts';
import { anotherCluster } from '../../engines/restore/restore.errors.ts';
import type { Actor } from '../../platform/actor.ts';
import { nothingReached, reach, startingNeeds } from './needs.models.ts';
import { assertMay, findPlan, plannedOf } from './plan.usecases.ts';
import type { StoredPlan } from './plans.rows.ts';
import { planExpired, planUsed } from './restores.errors.ts';
import type { RestoreNeeds, RestoreSpec } from './restores.types.ts';

/** Uses the plan, once, with the rights as they are now. */
export async function startRestore(
  at: { cluster: string; plan: string },
  actor: Actor,
  needs: RestoreNeeds,
): Promise<Run> {
  const stored = await findPlan(at, actor, needs);
  const { plan } = stored;
  assertUsable(stored, needs);
  await needs.assertVisible({ cluster: plan.source, backup: plan.backup }, actor);
  assertMay(actor, await needsOf(stored, needs), plan);
  assertSameCluster(await needs.clusterOf(plan.cluster), stored);
  const spec: RestoreSpec = { source: plan.source };
  const run = {
    kind: 'restore',
    cluster: plan.cluster,
    backup: plan.backup,
    plan: plan.id,
  } as const;
  return needs.submit(
    { ...run, namespaces: stored.namespaces, spec, createdBy: actor.name },
    async (work, id) => {
      const now = needs.clock().epochMilliseconds;
      if (!(await needs.plans.use(work, { id: plan.id, run: id, now }))) throw planUsed(null);
    },
  );
}

function assertUsable({ plan, expiresAt }: StoredPlan, { clock }: RestoreNeeds): void {
  if (plan.run !== null) throw planUsed(plan.run);
  if (clock().epochMilliseconds >= expiresAt) throw planExpired(plan.expiresAt);
}

/** A plan speaks of the cluster it was made for, whatever has that name now. */
export function assertSameCluster(target: EngineCluster, { targetUid }: StoredPlan): void {
  if (target.uid !== targetUid) throw anotherCluster();
}

async function needsOf({ plan }: StoredPlan, { plans }: RestoreNeeds) {
  const reached = nothingReached();
  for await (const decision of plans.decisions(plan.id))
    reach(reached, plannedOf(decision), plan.source !== plan.cluster);
  return startingNeeds(reached, plan.options);
}

export async function showRestore(
  at: { cluster: string; run: string },
  actor: Actor,
  { showRun, journal }: RestoreNeeds,
) {
  const run = await showRun(at, actor);
  const outcomes = await journal.outcomes(run.id);
  const isThinned = isOver(run.state) && Object.keys(outcomes).length === 0;
  return { ...run, outcomes: isThinned ? { ...run.result } : { ...outcomes } };
}
