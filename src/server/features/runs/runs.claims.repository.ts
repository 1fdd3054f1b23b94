import {
  type LogEntry,
  type Priority,
  type Progress,
  type Run,
  type RunState,
  pendingStates,
  unfinishedStates,
} from '#shared/runs/runs.contract.ts';
import type { Db } from '../../platform/database/database.ts';
import { inPieces } from '../../platform/database/pieces.models.ts';
import type { StoredRun } from '../../platform/runs.types.ts';
import { fenced } from './runs.errors.ts';
import { readRun } from './runs.rows.ts';

export type ClaimsRepository = ReturnType<typeof createClaimsRepository>;

/** A claimed run: `fence` proves that the writer is its newest holder. */
export type Claim = { id: string; fence: number };
export type Claimed = Claim & { stored: StoredRun };
/** Where a run stands in the queue: its class, and its place within that. */
export type Place = { priority: Priority; rank?: number };
export type LogLine = { seq: number; at: number; level: LogEntry['level']; message: string };
export type RunEnd = {
  state: RunState;
  at: number;
  problem: Run['problem'];
  result: Run['result'];
};

/** The table of runs as a queue: who holds what, and what only the newest holder may write. */
export const createClaimsRepository = (db: Db) => ({
  ...holding(db),
  ...ending(db),
  ...canceling(db),
});

function holding(db: Db) {
  return {
    /** Undefined when somebody else was first, or it was canceled meanwhile. */
    claim: async (id: string, now: number): Promise<Claimed | undefined> => {
      const row = await db
        .updateTable('run')
        .set((e) => ({
          state: 'running',
          reason: null,
          started_at: e.fn.coalesce('started_at', e.val(now)),
          fence: e('fence', '+', 1),
        }))
        .where('id', '=', id)
        .where('state', 'in', pendingStates)
        .returningAll()
        .executeTakeFirst();
      return row && { id, fence: row.fence, stored: readRun(row) };
    },

    /** Answers whether anything changed: only runs that have not begun can wait. */
    setWaiting: async (id: string, reason: string): Promise<boolean> => {
      const { numUpdatedRows } = await db
        .updateTable('run')
        .set({ state: 'waiting', reason })
        .where('id', '=', id)
        .where('state', 'in', pendingStates)
        .where((e) => e.or([e('reason', 'is', null), e('reason', '!=', reason)]))
        .executeTakeFirst();
      return numUpdatedRows > 0;
    },

    /** Answers whether it still waits. */
    setPlace: async (id: string, { priority, rank }: Place): Promise<boolean> => {
      const { numUpdatedRows } = await db
        .updateTable('run')
        .set({ priority, ...(rank !== undefined && { rank }) })
        .where('id', '=', id)
        .where('state', 'in', pendingStates)
        .executeTakeFirst();
      return numUpdatedRows > 0;
    },

    /** Progress and log lines of the newest holder; throws `runs.fenced` for an older one. */
    report: ({ id, fence }: Claim, progress: Progress, lines: readonly LogLine[]) =>
      db.transaction().execute(async (work) => {
        const { numUpdatedRows } = await held(work, { id, fence })
          .set({ progress_json: JSON.stringify(progress) })
          .executeTakeFirst();
        if (numUpdatedRows === 0n) throw fenced(id);
        const rows = lines.map((line) => ({ run: id, ...line }));
        for (const piece of inPieces(rows))
          await work.insertInto('run_log').values(piece).execute();
      }),
  };
}

function ending(db: Db) {
  return {
    /**
     * The end, and what has to be true together with it (`commit`, in the same transaction). Throws
     * `runs.fenced`, and writes nothing, when another holder has the run.
     */
    finish: ({ id, fence }: Claim, end: RunEnd, commit?: (work: Db) => Promise<void>) =>
      db.transaction().execute(async (work) => {
        const { numUpdatedRows } = await held(work, { id, fence })
          .set(endColumns(end))
          .executeTakeFirst();
        if (numUpdatedRows === 0n) throw fenced(id);
        await commit?.(work);
      }),

    /**
     * Back into the queue, to go on later from where it was; the older holder is fenced off. Answers
     * false, and changes nothing, when it was not running or somebody has asked to cancel it.
     * `anyway`: whatever was asked, because it is too late for that.
     */
    requeue: async (id: string, anyway?: 'anyway'): Promise<boolean> => {
      const { numUpdatedRows } = await db
        .updateTable('run')
        .set((e) => ({
          state: 'queued',
          reason: null,
          cancel_requested: 0,
          fence: e('fence', '+', 1),
        }))
        .where('id', '=', id)
        .where('state', '=', 'running')
        .$if(!anyway, (q) => q.where('cancel_requested', '=', 0))
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    /** Ends a run that nobody holds any more. */
    close: (id: string, end: RunEnd, commit?: (work: Db) => Promise<void>) =>
      db.transaction().execute(async (work) => {
        const { numUpdatedRows } = await abandoned(work, id, end)
          .where('state', 'in', unfinishedStates)
          .executeTakeFirst();
        if (numUpdatedRows > 0n) await commit?.(work);
      }),

    /** Ends, as canceled, a run that nobody holds any more; answers false when nobody asked for that. */
    endCanceled: (id: string, at: number, undo: (work: Db) => Promise<void>): Promise<boolean> =>
      db.transaction().execute(async (work) => {
        const { numUpdatedRows } = await abandoned(work, id, canceled(at))
          .where('state', '=', 'running')
          .where('cancel_requested', '=', 1)
          .executeTakeFirst();
        if (numUpdatedRows > 0n) await undo(work);
        return numUpdatedRows > 0n;
      }),
  };
}

function canceling(db: Db) {
  return {
    /** `canceled`: it had not begun; `requested`: the holder must be told; `over`: too late. */
    cancel: (
      id: string,
      at: number,
      undo: (work: Db) => Promise<void>,
    ): Promise<'canceled' | 'requested' | 'over'> =>
      db.transaction().execute(async (work) => {
        const ended = await work
          .updateTable('run')
          .set(endColumns(canceled(at)))
          .where('id', '=', id)
          .where('state', 'in', pendingStates)
          .executeTakeFirst();
        if (ended.numUpdatedRows > 0) {
          await undo(work);
          return 'canceled';
        }
        const asked = await work
          .updateTable('run')
          .set({ cancel_requested: 1 })
          .where('id', '=', id)
          .where('state', '=', 'running')
          .executeTakeFirst();
        return asked.numUpdatedRows > 0 ? 'requested' : 'over';
      }),
  };
}

const held = (work: Db, { id, fence }: Claim) =>
  work
    .updateTable('run')
    .where('id', '=', id)
    .where('fence', '=', fence)
    .where('state', '=', 'running');

const abandoned = (work: Db, id: string, end: RunEnd) =>
  work
    .updateTable('run')
    .set((e) => ({ ...endColumns(end), fence: e('fence', '+', 1) }))
    .where('id', '=', id);

const canceled = (at: number): RunEnd => ({ state: 'canceled', at, problem: null, result: null });

const endColumns = ({ state, at, problem, result }: RunEnd) => ({
  state,
  reason: null,
  finished_at: at,
  problem_json: problem && JSON.stringify(problem),
  result_json: result && JSON.stringify(result),
});
