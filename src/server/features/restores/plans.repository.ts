import type { PlannedAction, PlannedObject } from '#shared/restores/restores.contract.ts';
import type { Decision } from '../../engines/engine.ts';
import { decodeCursor, numberKey, pageOf } from '../../platform/cursor.models.ts';
import type { Db } from '../../platform/database/database.ts';
import {
  type NewPlan,
  newRow,
  type Numbered,
  objectRow,
  type PlanEnd,
  readDecision,
  readPlan,
  type StoredPlan,
} from './plans.rows.ts';

export type PlansRepository = ReturnType<typeof createPlansRepository>;

export const createPlansRepository = (db: Db) => ({ ...plans(db), ...objects(db) });

function plans(db: Db) {
  return {
    /** Written last: a plan without this row is not there. */
    insert: async (given: NewPlan, end: PlanEnd): Promise<void> => {
      await db.insertInto('plan').values(newRow(given, end)).execute();
    },

    find: async (id: string): Promise<StoredPlan | undefined> => {
      const row = await db.selectFrom('plan').selectAll().where('id', '=', id).executeTakeFirst();
      return row && readPlan(row);
    },

    /** Answers false when it was used or had expired: whoever is first has it. Part of the run's insert. */
    use: async (
      work: Db,
      { id, run, now }: { id: string; run: string; now: number },
    ): Promise<boolean> => {
      const { numUpdatedRows } = await work
        .updateTable('plan')
        .set({ run })
        .where('id', '=', id)
        .where('run', 'is', null)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    /** Never used and past their hour: nothing needs to be kept for them. */
    expired: (now: number): Promise<{ id: string; source: string }[]> =>
      db
        .selectFrom('plan')
        .select(['id', 'source'])
        .where('run', 'is', null)
        .where('expires_at', '<=', now)
        .execute(),

    remove: async (id: string): Promise<void> => {
      await db.transaction().execute(async (work) => {
        await work.deleteFrom('plan_object').where('plan', '=', id).execute();
        await work.deleteFrom('plan').where('id', '=', id).execute();
      });
    },
  };
}

const pageSize = 500;

function objects(db: Db) {
  const from = (plan: string, after: number, limit: number) =>
    db
      .selectFrom('plan_object')
      .selectAll()
      .where('plan', '=', plan)
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(limit);

  return {
    insertObjects: async (plan: string, decisions: readonly Numbered[]): Promise<void> => {
      if (decisions.length === 0) return;
      await db
        .insertInto('plan_object')
        .values(decisions.map((decision) => objectRow(plan, decision)))
        .execute();
    },

    /** All of them, in their order, page by page. */
    decisions: async function* (plan: string): AsyncGenerator<Numbered> {
      for (let after = -1; ;) {
        const rows = await from(plan, after, pageSize).execute();
        yield* rows.map(readDecision);
        const last = rows.at(-1);
        if (!last || rows.length < pageSize) return;
        after = last.seq;
      }
    },

    decisionAt: async (plan: string, path: string): Promise<Decision | undefined> => {
      const row = await db
        .selectFrom('plan_object')
        .selectAll()
        .where('plan', '=', plan)
        .where('path', '=', path)
        .executeTakeFirst();
      return row && readDecision(row);
    },

    listObjects: async (
      plan: string,
      query: { limit: number; cursor?: string | undefined; action?: PlannedAction | undefined },
    ): Promise<{ items: PlannedObject[]; next: string | null }> => {
      const [after] = query.cursor === undefined ? [-1] : decodeCursor(numberKey, query.cursor);
      const { action } = query;
      const rows = await from(plan, after, query.limit + 1)
        .$if(action !== undefined, (q) => q.where('action', '=', action ?? ''))
        .execute();
      const { items, next } = pageOf(rows, query.limit, ({ seq }) => [seq]);
      return { items: items.map(readDecision), next };
    },
  };
}
