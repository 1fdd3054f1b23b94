import { runsApi } from '#shared/runs/runs.contract.ts';
import { queueApi } from '#shared/schedules/queue.contract.ts';
import type { Handle } from '../../platform/http/handle.ts';
import type { Runner } from './runner.ts';
import type { RunsRepository } from './runs.repository.ts';
import { prioritizeRun, type QueueNeeds, showQueue } from './queue.usecases.ts';
import { cancelRun, listRuns, readLog, showRun } from './runs.usecases.ts';

type Needs = QueueNeeds & { runs: RunsRepository; runner: Pick<Runner, 'cancel' | 'prioritize'> };

export function registerRuns(handle: Handle, needs: Needs): void {
  handle(runsApi.list, ({ params, query }, actor) =>
    listRuns(
      { ...params, ...query, page: query },
      actor.namespacesWith('runs:read', params.cluster),
      needs,
    ),
  );

  handle(runsApi.show, ({ params }, actor) => showRun(params, actor, needs));

  handle(runsApi.cancel, ({ params }, actor) => cancelRun(params, actor, needs));

  handle(runsApi.log, ({ params, query }, actor) =>
    readLog({ ...params, page: query }, actor, needs),
  );

  handle(queueApi.show, ({ params }, actor) => showQueue(params.cluster, actor, needs));

  handle(queueApi.prioritize, ({ params, body }, actor) =>
    prioritizeRun({ ...params, ...body }, actor, needs),
  );
}
