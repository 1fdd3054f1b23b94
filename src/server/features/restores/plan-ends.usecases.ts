import type { Held } from './plans.repository.ts';
import type { RestoreNeeds } from './restores.types.ts';

export type PlanEndNeeds = Pick<RestoreNeeds, 'plans' | 'engine' | 'clock' | 'log'>;

/** Under this name a plan, and then its restore, keeps its backup from being pruned. */
export const holder = (plan: string): string => `plan-${plan}`;

/** Open plans keep what they need from being pruned; expired ones give it back. */
export async function releaseExpired(needs: PlanEndNeeds): Promise<void> {
  await giveUp(await needs.plans.expired(needs.clock().epochMilliseconds), needs);
}

/** At a start, when none is being made: what a crash has left of plans. */
export async function releaseAbandoned(needs: PlanEndNeeds): Promise<void> {
  await giveUp(await needs.plans.abandoned(), needs);
}

/**
 * Plans that nobody has used are not there any more, and what they hold is given back. One that fails
 * is logged, stays unusable, and its turn comes again; the others go on.
 */
export async function giveUp(
  held: readonly Held[],
  { plans, engine, log }: PlanEndNeeds,
): Promise<void> {
  for (const { id, source } of held)
    try {
      if (!(await plans.close(id))) continue;
      await engine.release({ cluster: source, by: holder(id) });
      await plans.remove(id);
    } catch (error) {
      log.error({ err: error, plan: id }, 'a plan could not be given up; trying again later');
    }
}
