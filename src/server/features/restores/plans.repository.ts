import {
  type Plan,
  type PlannedAction,
  type PlannedObject,
  plan as planSchema,
  plannedObject,
  type RestoreOptions,
  restoreOptions,
} from '#shared/restores/restores.contract.ts';
import type { Decision } from '../../engines/engine.ts';
import { decodeCursor, numberKey, pageOf } from '../../platform/cursor.models.ts';
import type { Db } from '../../platform/database/database.ts';
import type { Reach } from '../../platform/runs.types.ts';
import type { Tables } from '../../platform/tables.ts';

export type PlansRepository = ReturnType<typeof createPlansRepository>;

/** A plan with what people do not see of it. */
export type StoredPlan = {
  plan: Omit<Plan, 'state'>;
  expiresAt: number;
  revision: string;
  targetUid: string;
  /** Target namespaces; `all`: objects of the whole cluster are in it. */
  namespaces: Reach;
};

export type NewPlan = {
  id: string;
  cluster: string;
  source: string;
  backup: string;
  createdBy: string;
  createdAt: number;
  expiresAt: number;
  options: RestoreOptions;
};
export type PlanEnd = {
  revision: string;
  targetUid: string;
  namespaces: Reach;
  counts: Plan['counts'];
  notes: readonly string[];
};

type Numbered = Decision & { seq: number };

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

function newRow(given: NewPlan, end: PlanEnd): Tables['plan'] {
  return {
    id: given.id,
    cluster: given.cluster,
    source: given.source,
    backup: given.backup,
    revision: end.revision,
    created_by: given.createdBy,
    created_at: given.createdAt,
    expires_at: given.expiresAt,
    target_uid: end.targetUid,
    namespaces: end.namespaces === 'all' ? null : JSON.stringify(end.namespaces),
    options_json: JSON.stringify(given.options),
    counts_json: JSON.stringify(end.counts),
    notes_json: JSON.stringify(end.notes),
    run: null,
  };
}

function readPlan(row: Tables['plan']): StoredPlan {
  return {
    plan: {
      id: row.id,
      cluster: row.cluster,
      source: row.source,
      backup: row.backup,
      createdBy: row.created_by,
      createdAt: new Date(row.created_at).toISOString(),
      expiresAt: new Date(row.expires_at).toISOString(),
      options: restoreOptions.parse(fromJson(row.options_json)),
      counts: planSchema.shape.counts.parse(fromJson(row.counts_json)),
      notes: planSchema.shape.notes.parse(fromJson(row.notes_json)),
      run: row.run,
    },
    expiresAt: row.expires_at,
    revision: row.revision,
    targetUid: row.target_uid,
    namespaces: row.namespaces === null ? 'all' : (fromJson(row.namespaces) as string[]),
  };
}

const fromJson = (text: string): unknown => JSON.parse(text);

const objectRow = (plan: string, decision: Numbered): Tables['plan_object'] => ({
  plan,
  seq: decision.seq,
  path: decision.path,
  oid: decision.oid,
  resource: decision.resource,
  kind: decision.kind,
  api_version: decision.apiVersion,
  namespace: decision.namespace,
  name: decision.name,
  action: decision.action,
  reason: decision.reason,
  checked: decision.checked,
  also_needed: decision.alsoNeeded ? 1 : 0,
  step: decision.step,
  live_uid: decision.liveUid,
  live_hash: decision.liveHash,
});

const readDecision = (row: Tables['plan_object']): Numbered => ({
  seq: row.seq,
  path: row.path,
  oid: row.oid,
  resource: row.resource,
  kind: row.kind,
  apiVersion: row.api_version,
  namespace: row.namespace,
  name: row.name,
  action: plannedObject.shape.action.parse(row.action),
  reason: row.reason,
  checked: plannedObject.shape.checked.parse(row.checked),
  alsoNeeded: row.also_needed === 1,
  step: row.step,
  liveUid: row.live_uid,
  liveHash: row.live_hash,
});
