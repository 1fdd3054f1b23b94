import {
  type ObjectOutcome,
  type RestoredObject,
  restoredObject,
} from '#shared/restores/restores.contract.ts';
import type { RestoreJournal } from '../../engines/engine.ts';
import { decodeCursor, numberKey, pageOf } from '../../platform/cursor.models.ts';
import type { Db } from '../../platform/database/database.ts';

export type JournalRepository = ReturnType<typeof createJournalRepository>;

type Entry = Parameters<RestoreJournal['record']>[0];
export type Outcomes = Partial<Record<ObjectOutcome, number>>;

/** What became of each object of a restore: what a resumed one goes on from. */
export const createJournalRepository = (db: Db) => ({ ...entries(db), ...outcomes(db) });

function entries(db: Db) {
  return {
    known: async (
      run: string,
    ): Promise<Map<number, { outcome: ObjectOutcome; uid: string | null }>> => {
      const rows = await db
        .selectFrom('restore_object')
        .select(['seq', 'outcome', 'uid'])
        .where('run', '=', run)
        .execute();
      return new Map(
        rows.map(({ seq, outcome, uid }) => [seq, { outcome: outcomeOf(outcome), uid }]),
      );
    },

    /** An object that is met again after a crash says what it said last. */
    record: async (run: string, given: readonly Entry[], at: number): Promise<void> => {
      await db
        .insertInto('restore_object')
        .values(given.map((entry) => ({ run, at, ...entry })))
        .onConflict((c) =>
          c.columns(['run', 'seq']).doUpdateSet((e) => ({
            outcome: e.ref('excluded.outcome'),
            message: e.ref('excluded.message'),
            uid: e.ref('excluded.uid'),
            at: e.ref('excluded.at'),
          })),
        )
        .execute();
    },
  };
}

function outcomes(db: Db) {
  return {
    outcomes: async (run: string): Promise<Outcomes> => {
      const rows = await db
        .selectFrom('restore_object')
        .select(['outcome', (e) => e.fn.countAll<number>().as('objects')])
        .where('run', '=', run)
        .groupBy('outcome')
        .execute();
      return Object.fromEntries(rows.map(({ outcome, objects }) => [outcome, objects]));
    },

    list: async (
      run: string,
      query: { limit: number; cursor?: string | undefined; outcome?: ObjectOutcome | undefined },
    ): Promise<{ items: RestoredObject[]; next: string | null }> => {
      const [after] = query.cursor === undefined ? [-1] : decodeCursor(numberKey, query.cursor);
      const { outcome } = query;
      const rows = await db
        .selectFrom('restore_object')
        .innerJoin('run', 'run.id', 'restore_object.run')
        .innerJoin('plan_object', (join) =>
          join
            .onRef('plan_object.plan', '=', 'run.plan')
            .onRef('plan_object.seq', '=', 'restore_object.seq'),
        )
        .select(['restore_object.seq', 'path', 'resource', 'name', 'outcome', 'message'])
        .select('plan_object.namespace as place')
        .where('restore_object.run', '=', run)
        .where('restore_object.seq', '>', after)
        .$if(outcome !== undefined, (q) => q.where('outcome', '=', outcome ?? ''))
        .orderBy('restore_object.seq')
        .limit(query.limit + 1)
        .execute();
      const { items, next } = pageOf(rows, query.limit, ({ seq }) => [seq]);
      return { items: items.map(readObject), next };
    },
  };
}

const outcomeOf = (text: string): ObjectOutcome => restoredObject.shape.outcome.parse(text);

const readObject = (
  row: Omit<RestoredObject, 'outcome' | 'namespace'> & { outcome: string; place: string | null },
): RestoredObject => ({
  path: row.path,
  resource: row.resource,
  namespace: row.place,
  name: row.name,
  outcome: outcomeOf(row.outcome),
  message: row.message,
});
