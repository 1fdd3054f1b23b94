import type { Db } from '../../platform/database/database.ts';
import type { Held } from './plans.repository.ts';

export type RestoresThinRepository = ReturnType<typeof createRestoresThinRepository>;

const atOnce = 5000;

/** What was written down object by object of restores that are over. */
export const createRestoresThinRepository = (db: Db) => ({
  /** Restores that ended before `before` and still have their plan. */
  ended: (before: number): Promise<(Held & { run: string })[]> =>
    db
      .selectFrom('plan')
      .innerJoin('run', 'run.id', 'plan.run')
      .select(['plan.id', 'plan.source', 'run.id as run'])
      .where('run.finished_at', '<', before)
      .execute(),

  /** Of a restore that did not come to its end the journal alone knows the counts. */
  keepCounts: async (run: string, counts: Readonly<Record<string, number>>): Promise<void> => {
    await db
      .updateTable('run')
      .set({ result_json: JSON.stringify(counts) })
      .where('id', '=', run)
      .where('result_json', 'is', null)
      .execute();
  },

  removeJournal: async (run: string): Promise<void> => {
    const entries = () => db.deleteFrom('restore_object').where('run', '=', run);
    const last = await db
      .selectFrom('restore_object')
      .select((e) => e.fn.max('seq').as('seq'))
      .where('run', '=', run)
      .executeTakeFirst();
    for (let upTo = atOnce; upTo <= (last?.seq ?? 0); upTo += atOnce)
      await entries().where('seq', '<', upTo).execute();
    await entries().execute();
  },
});
