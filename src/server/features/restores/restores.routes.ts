import { restoresApi } from '#shared/restores/restores.contract.ts';
import type { Handle } from '../../platform/http/handle.ts';
import { diffPlanned, findPlan, makePlan, showPlan } from './plan.usecases.ts';
import type { RestoreNeeds } from './restores.types.ts';
import { showRestore, startRestore } from './restores.usecases.ts';

export function registerRestores(handle: Handle, needs: RestoreNeeds): void {
  handle(restoresApi.plan, ({ params, body }, actor) =>
    makePlan({ cluster: params.cluster, options: body }, actor, needs),
  );

  handle(restoresApi.showPlan, ({ params }, actor) => showPlan(params, actor, needs));

  handle(restoresApi.planObjects, async ({ params, query }, actor) => {
    const { plan } = await findPlan(params, actor, needs);
    await needs.assertVisible({ cluster: plan.source, backup: plan.backup }, actor);
    return needs.plans.listObjects(plan.id, query);
  });

  handle(restoresApi.planDiff, ({ params, query }, actor) =>
    diffPlanned({ ...params, ...query }, actor, needs),
  );

  handle(restoresApi.start, ({ params, body }, actor) =>
    startRestore({ cluster: params.cluster, plan: body.plan }, actor, needs),
  );

  handle(restoresApi.list, ({ params, query }, actor) =>
    needs.listRestores(params.cluster, actor, query),
  );

  handle(restoresApi.show, ({ params }, actor) => showRestore(params, actor, needs));

  handle(restoresApi.objects, async ({ params, query }, actor) => {
    const run = await needs.showRun(params, actor);
    return needs.journal.list(run.id, query);
  });
}
