import { unfinishedStates } from '#shared/runs/runs.contract.ts';
import type { Db } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/tables.ts';

export type ClusterRow = Tables['cluster'];
export type ClustersRepository = ReturnType<typeof createClustersRepository>;

export function createClustersRepository(db: Db) {
  const change = (id: string, values: Partial<ClusterRow>) =>
    db.updateTable('cluster').set(values).where('id', '=', id).execute();

  return {
    /** Removed ones too: their ids stay taken, because their repositories stay. */
    all: (): Promise<ClusterRow[]> => db.selectFrom('cluster').selectAll().orderBy('id').execute(),

    find: (id: string): Promise<ClusterRow | undefined> =>
      db.selectFrom('cluster').selectAll().where('id', '=', id).executeTakeFirst(),

    put: async (row: ClusterRow): Promise<void> => {
      await db
        .insertInto('cluster')
        .values(row)
        .onConflict((c) => c.column('id').doUpdateSet(row))
        .execute();
    },

    setUid: async (id: string, uid: string): Promise<void> => {
      await change(id, { uid });
    },

    /** The row stays, without its credentials. */
    remove: async (id: string, at: number): Promise<void> => {
      await change(id, { removed_at: at, credentials: null });
    },

    /** Whether runs of it are going on or waiting. */
    busy: async (id: string): Promise<boolean> => {
      const row = await db
        .selectFrom('run')
        .select('id')
        .where('cluster', '=', id)
        .where('state', 'in', unfinishedStates)
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}
