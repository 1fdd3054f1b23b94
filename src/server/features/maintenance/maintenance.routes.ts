import { maintenanceApi } from '#shared/backups/backups.contract.ts';
import type { Handle } from '../../platform/http/handle.ts';
import type { Submit } from '../../platform/runs.types.ts';

type Needs = {
  submit: Submit;
  /** Throws when there is no such cluster, nor was one. */
  assertKnown: (cluster: string) => Promise<void>;
};

export function registerMaintenance(handle: Handle, { submit, assertKnown }: Needs): void {
  handle(maintenanceApi.start, async ({ body }, actor) => {
    await assertKnown(body.cluster);
    return submit({
      cluster: body.cluster,
      kind: 'maintenance',
      backup: null,
      plan: null,
      namespaces: 'all',
      spec: {},
      createdBy: actor.name,
    });
  });
}
