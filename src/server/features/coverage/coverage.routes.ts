import { coverageApi } from '#shared/coverage/coverage.contract.ts';
import type { Handle } from '../../platform/http/handle.ts';
import { type Coverage, listCoverage } from './coverage.usecases.ts';

type Needs = {
  coverage: Coverage;
  /** Throws when there is no such cluster, nor was one. */
  assertKnown: (cluster: string) => Promise<void>;
};

export function registerCoverage(handle: Handle, { coverage, assertKnown }: Needs): void {
  handle(coverageApi.list, async ({ params, query }, actor) => {
    await assertKnown(params.cluster);
    const reach = actor.namespacesWith('backups:read', params.cluster);
    return listCoverage(await coverage.of(params.cluster, reach), query);
  });
}
