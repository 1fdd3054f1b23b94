import type { RunContext } from '../../engines/engine.ts';
import type { Work, WorkEnd } from '../../platform/runs.types.ts';
import type { Outcomes } from './journal.repository.ts';
import { openJournal } from './journal.ts';
import { holder } from './plan-ends.usecases.ts';
import { planUnknown, restoreIncomplete } from './restores.errors.ts';
import type { StoredPlan } from './plans.rows.ts';
import { type RestoreNeeds, restoreSpec } from './restores.types.ts';
import { assertSameCluster } from './restores.usecases.ts';

type Needs = Pick<RestoreNeeds, 'plans' | 'journal' | 'engine' | 'clock' | 'clusterOf'>;

/** Carries a plan out; begun again after a crash it goes on from its journal. */
export function restoreWork(needs: Needs): Work<RunContext> {
  return {
    carryOut: async ({ run }, context) => {
      const id = run.plan ?? '';
      const stored = await needs.plans.find(id);
      if (!stored) throw planUnknown(id);
      await carryOut({ run: run.id, stored }, context, needs);
      return endOf(await needs.journal.outcomes(run.id));
    },
    /** However it ended, it needs its backup no longer. */
    release: ({ run, spec }) =>
      needs.engine.release({ cluster: restoreSpec.parse(spec).source, by: holder(run.plan ?? '') }),
  };
}

async function carryOut(
  { run, stored }: { run: string; stored: StoredPlan },
  context: RunContext,
  needs: Needs,
): Promise<void> {
  const { plan, revision } = stored;
  const target = await needs.clusterOf(plan.cluster);
  assertSameCluster(target, stored);
  await needs.engine.restore(
    {
      source: plan.source,
      target,
      options: plan.options,
      revision,
      decisions: needs.plans.decisions(plan.id),
      total: Object.values(plan.counts).reduce((sum, count) => sum + count, 0),
      journal: await openJournal(run, needs),
    },
    context,
  );
}

function endOf(outcomes: Outcomes): WorkEnd {
  const { failed = 0, conflict = 0 } = outcomes;
  const complete = failed === 0 && conflict === 0;
  return {
    state: complete ? 'completed' : 'partial',
    problem: complete ? null : restoreIncomplete({ failed, conflict }).problem,
    result: { ...outcomes },
  };
}
