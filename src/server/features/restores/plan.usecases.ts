import { randomUUIDv7 } from 'node:crypto';
import type {
  Plan,
  PlanCounts,
  PlannedAction,
  RestoreOptions,
} from '#shared/restores/restores.contract.ts';
import type { Decision } from '../../engines/engine.ts';
import { parsePath } from '../../engines/paths.models.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Reach } from '../../platform/runs.types.ts';
import {
  type Need,
  nothingReached,
  type Planned,
  reach,
  readingNeeds,
  targetsOf,
} from './needs.models.ts';
import { giveUp, holder } from './plan-ends.usecases.ts';
import type { StoredPlan } from './plans.rows.ts';
import {
  namespacesNeeded,
  objectNotPlanned,
  planUnknown,
  restoreNeeds,
} from './restores.errors.ts';
import type { RestoreNeeds } from './restores.types.ts';

/** A plan is worth reading for an hour; afterwards the cluster may have become another one. */
const validFor = 60 * 60 * 1000;
const batchSize = 500;

type Asked = { cluster: string; options: RestoreOptions };

/** Says what a restore would do, object by object, and keeps it for an hour. Changes nothing. */
export async function makePlan(asked: Asked, actor: Actor, needs: RestoreNeeds): Promise<Plan> {
  const { cluster, options } = asked;
  const source = options.source ?? cluster;
  await needs.assertVisible({ cluster: source, backup: options.backup }, actor);
  if (!isWithinReach({ ...asked, source }, actor)) throw namespacesNeeded();
  const id = randomUUIDv7();
  await needs.plans.begin({
    id,
    cluster,
    source,
    backup: options.backup,
    createdBy: actor.name,
    createdAt: needs.clock().epochMilliseconds,
    options,
  });
  try {
    return await decide({ id, source, ...asked }, actor, needs);
  } catch (error) {
    await giveUp([{ id, source }], needs);
    throw error;
  }
}

type Deciding = Asked & { id: string; source: string };

async function decide(deciding: Deciding, actor: Actor, needs: RestoreNeeds): Promise<Plan> {
  const { id, source, cluster, options } = deciding;
  const target = await needs.clusterOf(cluster);
  const gathered = gather(deciding, needs);
  const { notes, revision, targetUid } = await needs.engine.planRestore({
    source,
    target,
    options,
    onDecision: gathered.add,
  });
  await gathered.flush();
  assertMay(actor, readingNeeds(gathered.reached, options), deciding);
  await needs.engine.hold({ cluster: source, revision, by: holder(id) });
  const createdAt = needs.clock().epochMilliseconds;
  await needs.plans.complete(id, {
    notes,
    revision,
    targetUid,
    namespaces: targetsOf(gathered.reached),
    counts: gathered.counts,
    createdAt,
    expiresAt: createdAt + validFor,
  });
  return showPlan({ cluster, plan: id }, actor, needs);
}

/** Takes decisions as they are made, writes them in batches, and keeps what they add up to. */
function gather({ id, source, cluster }: Deciding, { plans }: RestoreNeeds) {
  const reached = nothingReached();
  const counts: PlanCounts = zeroCounts();
  let batch: (Decision & { seq: number })[] = [];
  let seq = 0;
  const flush = async () => {
    const full = batch;
    batch = [];
    await plans.insertObjects(id, full);
  };
  const add = async (decision: Decision) => {
    counts[decision.action] += 1;
    reach(reached, plannedOf(decision), source !== cluster);
    batch.push({ ...decision, seq });
    seq += 1;
    if (batch.length >= batchSize) await flush();
  };
  return { reached, counts, add, flush };
}

const zeroCounts = (): Record<PlannedAction, number> => ({
  create: 0,
  update: 0,
  replace: 0,
  unchanged: 0,
  skip: 0,
  conflict: 0,
  blocked: 0,
});

export const plannedOf = ({ path, resource, action, namespace, name }: Decision): Planned => ({
  resource,
  action,
  namespace,
  name,
  sourceNamespace: parsePath(path)?.namespace ?? null,
});

/**
 * Who is bound to namespaces names them: a restore is refused, never silently narrowed. A plan
 * compares with what is in the target, so that has to be readable too.
 */
function isWithinReach({ source, cluster, options }: Asked & { source: string }, actor: Actor) {
  const { namespaces, objects, namespaceMapping } = options;
  const named = namespaces ?? objects?.map((path) => parsePath(path)?.namespace ?? '');
  const targets = named?.map((name) => namespaceMapping?.[name] ?? name);
  return (
    holds(actor.namespacesWith('backups:read', source), named) &&
    holds(actor.namespacesWith('backups:read', cluster), targets)
  );
}

const holds = (readable: Reach, named: readonly string[] | undefined): boolean =>
  readable === 'all' || named?.every((name) => readable.includes(name)) === true;

export function assertMay(
  actor: Actor,
  needs: readonly Need[],
  { source, cluster }: { source: string; cluster: string },
): void {
  for (const { permission, cluster: which, namespaces, why } of needs) {
    const scope = { cluster: which === 'source' ? source : cluster, namespaces };
    if (!actor.may(permission, scope)) throw restoreNeeds(permission, why);
  }
}

type At = { cluster: string; plan: string };

/** Throws `restores.plan_unknown` also for the plan of somebody else, or of rights taken away. */
export async function findPlan(
  at: At,
  actor: Actor,
  { plans }: Pick<RestoreNeeds, 'plans'>,
): Promise<StoredPlan> {
  const stored = await plans.find(at.plan);
  if (stored?.plan.cluster !== at.cluster || stored.plan.createdBy !== actor.name)
    throw planUnknown(at.plan);
  if (!mayStillRead(stored, actor)) throw planUnknown(at.plan);
  return stored;
}

function mayStillRead({ plan, namespaces }: StoredPlan, actor: Actor): boolean {
  const readable = actor.namespacesWith('backups:read', plan.source);
  return (readable === 'all' || namespaces !== 'all') && isWithinReach(plan, actor);
}

export async function showPlan(
  at: At,
  actor: Actor,
  needs: Pick<RestoreNeeds, 'plans' | 'clock'>,
): Promise<Plan> {
  const { plan, expiresAt } = await findPlan(at, actor, needs);
  const open = needs.clock().epochMilliseconds < expiresAt ? 'open' : 'expired';
  return { ...plan, state: plan.run === null ? open : 'used' };
}

/** Compares anew: what the reader sees is what is there now. */
export async function diffPlanned(at: At & { path: string }, actor: Actor, needs: RestoreNeeds) {
  const { plan } = await findPlan(at, actor, needs);
  const { source, cluster, options } = plan;
  await needs.assertVisible({ cluster: source, backup: plan.backup }, actor);
  const decision = await needs.plans.decisionAt(at.plan, at.path);
  if (!decision) throw objectNotPlanned(at.path);
  const reached = nothingReached();
  reach(reached, plannedOf(decision), source !== cluster);
  assertMay(actor, readingNeeds(reached, options), plan);
  const target = await needs.clusterOf(cluster);
  const { sealed, changes } = await needs.engine.planDiff({ source, target, options, decision });
  return { path: at.path, sealed, changes };
}
