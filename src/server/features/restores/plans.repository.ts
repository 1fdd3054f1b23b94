import type { PlannedAction, PlannedObject } from '#shared/restores/restores.contract.ts';
import type { Decision } from '../../engines/engine.ts';
import { decodeCursor, numberKey, pageOf } from '../../platform/cursor.models.ts';
import type { Db } from '../../platform/database/database.ts';
import {
  begunRow,
  endColumns,
  type NewPlan,
  notOpen,
  type Numbered,
  objectRow,
  type PlanEnd,
  readDecision,
  readPlan,
  type StoredPlan,
} from './plans.rows.ts';

export type PlansRepository = ReturnType<typeof createPlansRepository>;

export const createPlansRepository = (db: Db) => ({
  ...plans(db),
  ...ends(db),
  ...objects(db),
});

function plans(db: Db) {
  return {
    /** Written before anything else, so that a crash leaves nothing that nobody knows of. */
    begin: async (given: NewPlan): Promise<void> => {
      await db.insertInto('plan').values(begunRow(given)).execute();
    },

    /** From now on it can be found and used. */
    complete: async (id: string, end: PlanEnd): Promise<void> => {
      await db.updateTable('plan').set(endColumns(end)).where('id', '=', id).execute();
    },

    find: async (id: string): Promise<StoredPlan | undefined> => {
      const row = await db
        .selectFrom('plan')
        .selectAll()
        .where('id', '=', id)
        .where('revision', '!=', notOpen)
        .executeTakeFirst();
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
        .where('revision', '!=', notOpen)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}

/** How plans go away again: first nobody may use them, then what they hold is given back, then rows. */
function ends(db: Db) {
  const idle = () => db.selectFrom('plan').select(['id', 'source']).where('run', 'is', null);
  return {
    /** Never used and past their hour: nothing needs to be kept for them. */
    expired: (now: number): Promise<Held[]> => idle().where('expires_at', '<=', now).execute(),

    /** Neither finished nor removed: at a start, what a crash has left. */
    abandoned: (): Promise<Held[]> => idle().where('revision', '=', notOpen).execute(),

    /** Answers false when a restore has it. From then on nobody can find or use it. */
    close: async (id: string): Promise<boolean> => {
      const { numUpdatedRows } = await db
        .updateTable('plan')
        .set({ revision: notOpen })
        .where('id', '=', id)
        .where('run', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    /** The plan with its objects. Those of a large one go a few thousand at a time: others can write. */
    remove: async (id: string): Promise<void> => {
      const objects = () => db.deleteFrom('plan_object').where('plan', '=', id);
      const last = await db
        .selectFrom('plan_object')
        .select((e) => e.fn.max('seq').as('seq'))
        .where('plan', '=', id)
        .executeTakeFirst();
      for (let upTo = atOnce; upTo <= (last?.seq ?? 0); upTo += atOnce)
        await objects().where('seq', '<', upTo).execute();
      await objects().execute();
      await db.deleteFrom('plan').where('id', '=', id).execute();
    },
  };
}

/** A plan with the cluster in whose repository it holds what it needs. */
export type Held = { id: string; source: string };

const atOnce = 5000;
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
