import { runsApi } from '#shared/runs/runs.contract.ts';
import type { Handle } from '../../platform/http/handle.ts';
import type { Runner } from './runner.ts';
import type { RunsRepository } from './runs.repository.ts';
import { cancelRun, showRun } from './runs.usecases.ts';

type Needs = { runs: RunsRepository; runner: Pick<Runner, 'cancel'> };

export function registerRuns(handle: Handle, needs: Needs): void {
  const { runs } = needs;

  handle(runsApi.list, ({ params, query }, actor) =>
    runs.list(
      { cluster: params.cluster, ...query },
      actor.namespacesWith('runs:read', params.cluster),
      query,
    ),
  );

  handle(runsApi.show, ({ params }, actor) => showRun(params, actor, needs));

  handle(runsApi.cancel, ({ params }) => cancelRun(params, needs));

  handle(runsApi.log, async ({ params, query }, actor) => {
    await showRun(params, actor, needs);
    return runs.log(params.run, query);
  });
}
