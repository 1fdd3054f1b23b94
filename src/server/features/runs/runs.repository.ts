import { type ExpressionBuilder, sql } from 'kysely';
import {
  type LogEntry,
  type Run,
  type RunKind,
  type RunState,
  unfinishedStates,
} from '#shared/runs/runs.contract.ts';
import { decodeCursor, numberKey, pageOf, timeKey } from '../../platform/cursor.models.ts';
import type { Db } from '../../platform/database/database.ts';
import { inPieces } from '../../platform/database/pieces.models.ts';
import type { Tables } from '../../platform/tables.ts';
import type { NewRun, Reach, StoredRun } from '../../platform/runs.types.ts';
import { newRow, readRun, toIso } from './runs.rows.ts';

export type RunsRepository = ReturnType<typeof createRunsRepository>;

export type RunFilter = {
  cluster: string;
  kind?: RunKind | undefined;
  state?: RunState | undefined;
  backup?: string | undefined;
  schedule?: string | undefined;
};

export const createRunsRepository = (db: Db) => ({ ...runs(db), ...queueing, ...logs(db) });

const queueing = {
  /** Many at once, in the transaction that decided about them. */
  insertAll: async (
    given: readonly (NewRun & { id: string })[],
    now: number,
    work: Db,
  ): Promise<void> => {
    const rows = given.map((one) => newRow(one, one.id, now));
    for (const piece of inPieces(rows)) await work.insertInto('run').values(piece).execute();
  },
};

function runs(db: Db) {
  const find = async (id: string): Promise<StoredRun | undefined> => {
    const row = await db.selectFrom('run').selectAll().where('id', '=', id).executeTakeFirst();
    return row && readRun(row);
  };

  return {
    find,

    /** `also`: what is written in the same transaction, because the run is about it. */
    insert: (
      given: NewRun,
      { id, now }: { id: string; now: number },
      also?: (work: Db, run: string) => Promise<void>,
    ): Promise<void> =>
      db.transaction().execute(async (work) => {
        await work
          .insertInto('run')
          .values(newRow(given, id, now))
          .execute();
        await also?.(work, id);
      }),

    /** Newest first. `reach`: only runs all of whose namespaces are in it. */
    list: async (
      filter: RunFilter,
      reach: Reach,
      page: { limit: number; cursor?: string | undefined },
    ): Promise<{ items: Run[]; next: string | null }> => {
      const after = page.cursor === undefined ? null : decodeCursor(timeKey, page.cursor);
      const rows = await db
        .selectFrom('run')
        .selectAll()
        .where((e) => e.and(conditions(e, filter, reach)))
        .$if(after !== null, (q) => q.where((e) => older(e, after ?? [0, ''])))
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(page.limit + 1)
        .execute();
      const { items, next } = pageOf(rows, page.limit, (row) => [row.created_at, row.id]);
      return { items: items.map((row) => readRun(row).run), next };
    },

    /** Oldest first. */
    unfinished: async (states: readonly RunState[] = unfinishedStates): Promise<StoredRun[]> => {
      const rows = await db
        .selectFrom('run')
        .selectAll()
        .where('state', 'in', states)
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map(readRun);
    },
  };
}

function logs(db: Db) {
  return {
    /** Number of the next log line. */
    nextSeq: async (run: string): Promise<number> => {
      const row = await db
        .selectFrom('run_log')
        .select((e) => e.fn.max('seq').as('last'))
        .where('run', '=', run)
        .executeTakeFirst();
      return (row?.last ?? 0) + 1;
    },

    log: async (run: string, page: { limit: number; cursor?: string | undefined }) => {
      const [after] = page.cursor === undefined ? [0] : decodeCursor(numberKey, page.cursor);
      const rows = await db
        .selectFrom('run_log')
        .select(['seq', 'at', 'level', 'message'])
        .where('run', '=', run)
        .where('seq', '>', after)
        .orderBy('seq')
        .limit(page.limit + 1)
        .execute();
      const { items, next } = pageOf(rows, page.limit, ({ seq }) => [seq]);
      return { items: items.map(readLine), next };
    },
  };
}

const readLine = ({ seq, at, level, message }: Omit<Tables['run_log'], 'run'>): LogEntry => ({
  seq,
  at: toIso(at),
  level: level === 'error' || level === 'warning' ? level : 'info',
  message,
});

function conditions(e: Expression, filter: RunFilter, reach: Reach) {
  const { cluster, kind, state, backup, schedule } = filter;
  return [
    e('cluster', '=', cluster),
    ...(kind === undefined ? [] : [e('kind', '=', kind)]),
    ...(state === undefined ? [] : [e('state', '=', state)]),
    ...(backup === undefined ? [] : [e('backup', '=', backup)]),
    ...(schedule === undefined ? [] : [e('schedule', '=', schedule)]),
    ...(reach === 'all' ? [] : [onlyOf(reach)]),
  ];
}

type Expression = ExpressionBuilder<Tables, 'run'>;

const older = (e: Expression, [at, id]: readonly [number, string]) =>
  e.or([e('created_at', '<', at), e.and([e('created_at', '=', at), e('id', '<', id)])]);

/** Each namespace nests one call, and SQLite ends at a depth of 1,000. */
const mostNamespaces = 500;

/**
 * All names in the JSON list are among these: with each of them taken away, quotes included, nothing
 * but punctuation is left. Both databases can do that, and neither has to know JSON for it.
 */
function onlyOf(reach: readonly string[]) {
  const quoted = reach.slice(0, mostNamespaces).map((name) => JSON.stringify(name));
  const left = [...quoted, '[', ']', ','].reduce(
    (text, part) => sql`replace(${text}, ${part}, '')`,
    sql`namespaces`,
  );
  return sql<boolean>`(namespaces is not null and namespaces <> '[]' and ${left} = '')`;
}
