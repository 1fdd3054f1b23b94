import type { Db } from '../../platform/database/database.ts';

export type RunsThinRepository = ReturnType<typeof createRunsThinRepository>;

const atOnce = 500;

/** Removes what is old of runs that are over: a few at a time, so that others can write in between. */
export const createRunsThinRepository = (db: Db) => ({
  /** Runs that ended before `before` and still have a log. */
  withLog: async (before: number): Promise<string[]> => {
    const rows = await db
      .selectFrom('run')
      .select('id')
      .where('finished_at', '<', before)
      .where((e) =>
        e.exists(e.selectFrom('run_log').select('seq').whereRef('run_log.run', '=', 'run.id')),
      )
      .execute();
    return rows.map(({ id }) => id);
  },

  removeLog: async (run: string): Promise<void> => {
    await db.deleteFrom('run_log').where('run', '=', run).execute();
  },

  /**
   * Some of those of which nothing else is left: their log and the plan of a restore go first. Answers
   * whether there are more.
   */
  removeSomeRuns: async (before: number): Promise<boolean> => {
    const some = db
      .selectFrom('run')
      .select('id')
      .where('finished_at', '<', before)
      .where((e) =>
        e.not(e.exists(e.selectFrom('plan').select('plan.id').whereRef('plan.run', '=', 'run.id'))),
      )
      .where((e) =>
        e.not(
          e.exists(e.selectFrom('run_log').select('seq').whereRef('run_log.run', '=', 'run.id')),
        ),
      )
      .orderBy('finished_at')
      .limit(atOnce);
    const { numDeletedRows } = await db
      .deleteFrom('run')
      .where('id', 'in', some)
      .executeTakeFirst();
    return numDeletedRows === BigInt(atOnce);
  },
});
