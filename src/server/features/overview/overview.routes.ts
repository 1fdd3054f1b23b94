import { overviewApi } from '#shared/overview/overview.contract.ts';
import type { Handle } from '../../platform/http/handle.ts';
import type { ChangesOf } from './changes.ts';
import { type OverviewNeeds, showOverview } from './overview.usecases.ts';

type Needs = OverviewNeeds & {
  changesOf: ChangesOf;
  /** Throws when there is no such cluster, nor was one. */
  assertKnown: (cluster: string) => Promise<void>;
};

export function registerOverview(handle: Handle, needs: Needs): void {
  handle(overviewApi.show, ({ params, query }, actor) =>
    showOverview({ id: params.cluster, zone: query.zone }, actor, needs),
  );

  handle(overviewApi.changes, async ({ params }, actor) => {
    await needs.assertKnown(params.cluster);
    return needs.changesOf(params.cluster, actor.namespacesWith('backups:read', params.cluster));
  });
}
