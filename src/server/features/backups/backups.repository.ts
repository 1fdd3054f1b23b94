import { unfinishedStates } from '#shared/runs/runs.contract.ts';
import type { BackupState } from '#shared/backups/backups.contract.ts';
import type { FoundBackup } from '../../engines/engine.ts';
import type { Db } from '../../platform/database/database.ts';
import { inPieces } from '../../platform/database/pieces.models.ts';
import type { Reach } from '../../platform/runs.types.ts';
import {
  damagedRow,
  namespaceRows,
  type PinRow,
  readBackup,
  rowOf,
  type StoredBackup,
} from './backups.rows.ts';

export type BackupsRepository = ReturnType<typeof createBackupsRepository>;

/** One backup of one cluster. */
export type At = { cluster: string; backup: string };

export const createBackupsRepository = (db: Db) => ({
  ...reading(db),
  ...names(db),
  ...writing(db),
  ...pins(db),
});

function reading(db: Db) {
  const row = (cluster: string, id: string) =>
    db
      .selectFrom('backup')
      .selectAll()
      .where('cluster', '=', cluster)
      .where('id', '=', id)
      .executeTakeFirst();
  const namespaceNames = async (cluster: string, id: string): Promise<string[]> => {
    const rows = await db
      .selectFrom('backup_namespace')
      .select('namespace')
      .where('cluster', '=', cluster)
      .where('backup', '=', id)
      .where('namespace', '!=', '')
      .orderBy('namespace')
      .execute();
    return rows.map(({ namespace }) => namespace);
  };
  return {
    find: async (cluster: string, id: string): Promise<StoredBackup | undefined> => {
      const found = await row(cluster, id);
      return found && readBackup(found, await pinOf(db, cluster, id));
    },

    /** `all` also for a backup that is not there: only who may see everything learns that. */
    namespacesOf: async (cluster: string, id: string): Promise<Reach> => {
      const found = await row(cluster, id);
      if (!found || found.namespaces === null) return 'all';
      return JSON.parse(found.namespaces) as string[];
    },

    namespaceNames,
  };
}

function names(db: Db) {
  return {
    /** Names that a new backup must not have: of backups, and of runs that will become one. */
    takenNames: async (cluster: string): Promise<ReadonlySet<string>> => {
      const made = await db
        .selectFrom('backup')
        .select('id')
        .where('cluster', '=', cluster)
        .execute();
      const coming = await db
        .selectFrom('run')
        .select('backup as id')
        .where('cluster', '=', cluster)
        .where('kind', '=', 'backup')
        .where('state', 'in', unfinishedStates)
        .execute();
      return new Set([...made, ...coming].map(({ id }) => id ?? ''));
    },

    /** State and address of every backup of a cluster, for comparing with the repository. */
    index: (cluster: string) =>
      db
        .selectFrom('backup')
        .select(['id', 'state', 'revision'])
        .where('cluster', '=', cluster)
        .execute(),
  };
}

function writing(db: Db) {
  const change = ({ cluster, backup }: At, work: Db = db) =>
    work.updateTable('backup').where('cluster', '=', cluster).where('id', '=', backup);
  return {
    /** What one backup is, in whole: replaces what was known of it. */
    put: async (cluster: string, found: FoundBackup, work: Db = db): Promise<void> => {
      await forget(work, { cluster, backup: found.manifest.id });
      await work.insertInto('backup').values(rowOf(cluster, found)).execute();
      const rows = namespaceRows(cluster, found.manifest);
      for (const piece of inPieces(rows))
        await work.insertInto('backup_namespace').values(piece).execute();
    },

    putDamaged: async (cluster: string, id: string, now: number): Promise<void> => {
      await db
        .insertInto('backup')
        .values(damagedRow(cluster, id, now))
        .execute();
    },

    setState: async (at: At, state: BackupState, work?: Db): Promise<void> => {
      await change(at, work).set({ state }).execute();
    },

    /** Its ref is gone: the empty revision says that it can be adopted again if it comes back. */
    setMissing: async (at: At): Promise<void> => {
      await change(at).set({ state: 'damaged', revision: '' }).execute();
    },

    /** Verified and whole: what a damage had made of its state is taken back. */
    setVerified: async (at: At, now: number, work: Db): Promise<void> => {
      await change(at, work)
        .set((e) => ({
          verified_at: now,
          state: e
            .case()
            .when('state', '!=', 'damaged')
            .then(e.ref('state'))
            .when('kinds_not_read', '=', 0)
            .then('completed')
            .else('partial')
            .end(),
        }))
        .execute();
    },

    remove: (at: At, work: Db): Promise<void> => forget(work, at, 'pin too'),
  };
}

function pins(db: Db) {
  return {
    pin: async (cluster: string, backup: string, values: PinRow): Promise<void> => {
      await db
        .insertInto('pin')
        .values({ cluster, backup, ...values })
        .onConflict((c) => c.columns(['cluster', 'backup']).doUpdateSet(values))
        .execute();
    },

    unpin: async (cluster: string, backup: string): Promise<void> => {
      await db
        .deleteFrom('pin')
        .where('cluster', '=', cluster)
        .where('backup', '=', backup)
        .execute();
    },
  };
}

const pinOf = (db: Db, cluster: string, backup: string): Promise<PinRow | undefined> =>
  db
    .selectFrom('pin')
    .select(['note', 'until'])
    .where('cluster', '=', cluster)
    .where('backup', '=', backup)
    .executeTakeFirst();

async function forget(work: Db, { cluster, backup }: At, pin?: 'pin too'): Promise<void> {
  const tables = ['backup_namespace', ...(pin ? ['pin' as const] : [])] as const;
  for (const table of tables)
    await work
      .deleteFrom(table)
      .where('cluster', '=', cluster)
      .where('backup', '=', backup)
      .execute();
  await work.deleteFrom('backup').where('cluster', '=', cluster).where('id', '=', backup).execute();
}
