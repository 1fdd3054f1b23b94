import { backupsApi } from '#shared/backups/backups.contract.ts';
import type { Handle } from '../../platform/http/handle.ts';
import type { BackupListRepository } from './backups.list.repository.ts';
import { createBackup, type CreateNeeds } from './create.usecases.ts';
import { diffBackup, type DiffNeeds } from './diff.usecases.ts';
import {
  deleteBackup,
  exportBackup,
  type ManageNeeds,
  pinBackup,
  unpinBackup,
  verifyBackup,
} from './manage.usecases.ts';
import { listContents, readObject, showBackup } from './read.usecases.ts';

export type BackupNeeds = CreateNeeds &
  DiffNeeds &
  ManageNeeds & {
    list: BackupListRepository;
    /** Throws when there is no such cluster, nor was one. */
    assertKnown: (cluster: string) => Promise<void>;
  };

export function registerBackups(handle: Handle, needs: BackupNeeds): void {
  registerReading(handle, needs);

  handle(backupsApi.create, ({ params, body }, actor) =>
    createBackup({ cluster: params.cluster, spec: body }, actor, needs),
  );
  handle(backupsApi.delete, ({ params }, actor) => deleteBackup(params, actor, needs));
  handle(backupsApi.verify, ({ params }, actor) => verifyBackup(params, actor, needs));
  handle(backupsApi.export, ({ params, body }, actor) =>
    exportBackup({ ...params, target: body }, actor, needs),
  );
  handle(backupsApi.pin, ({ params, body }) => pinBackup({ ...params, pin: body }, needs));
  handle(backupsApi.unpin, ({ params }) => unpinBackup(params, needs));
}

function registerReading(handle: Handle, needs: BackupNeeds): void {
  handle(backupsApi.list, async ({ params, query }, actor) => {
    await needs.assertKnown(params.cluster);
    const reach = actor.namespacesWith('backups:read', params.cluster);
    const filter = { cluster: params.cluster, ...query };
    return {
      ...(await needs.list.list(filter, reach, query)),
      facets: await needs.list.facets(filter, reach),
      total: await needs.list.total(filter, reach),
    };
  });
  handle(backupsApi.show, ({ params }, actor) => showBackup(params, actor, needs));
  handle(backupsApi.contents, ({ params, query }, actor) =>
    listContents({ ...params, ...query }, actor, needs),
  );
  handle(backupsApi.object, ({ params, query }, actor) =>
    readObject({ ...params, ...query }, actor, needs),
  );
  handle(backupsApi.diff, ({ params, query }, actor) =>
    diffBackup({ ...params, ...query }, actor, needs),
  );
}
