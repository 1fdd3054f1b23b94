import * as z from 'zod/mini';
import {
  problem as problemSchema,
  run as runSchema,
  endedStates,
  type RunState,
} from '#shared/runs/runs.contract.ts';
import type { EndedRun } from '#shared/overview/run-needs.models.ts';
import type { Db } from '../../platform/database/database.ts';
import type { Reach } from '../../platform/runs.types.ts';

/** A backup that was asked for. `schedule`: null when by hand. */
type StartedRun = {
  id: string;
  state: RunState;
  namespaces: Reach;
  schedule: string | null;
  at: number;
};

export type OverviewRepository = ReturnType<typeof createOverviewRepository>;

const names = z.array(z.string());
const counts = z.nullable(z.record(z.string(), z.number()));
/** A bound on what one answer looks at; older runs than these are not news. */
const mostRuns = 500;
const mostOfAMonth = 50_000;

const parseJson = (text: string): unknown => JSON.parse(text);
const reachOf = (text: string | null): Reach =>
  text === null ? 'all' : names.parse(parseJson(text));

export const createOverviewRepository = (db: Db) => ({ ...ended(db), ...started(db) });

function ended(db: Db) {
  const ofCluster = (cluster: string) =>
    db.selectFrom('run').where('cluster', '=', cluster).orderBy('created_at', 'desc');
  return {
    /** Runs that are over, newest first. `since`: milliseconds since 1970. */
    ended: async (cluster: string, since: number): Promise<EndedRun[]> => {
      const rows = await ofCluster(cluster)
        .select(['id', 'kind', 'state', 'backup', 'namespaces', 'created_at', 'problem_json'])
        .where('created_at', '>=', since)
        .where('state', 'in', endedStates)
        .orderBy('id', 'desc')
        .limit(mostRuns)
        .execute();
      return rows.map((row) => ({
        id: row.id,
        kind: runSchema.shape.kind.parse(row.kind),
        state: runSchema.shape.state.parse(row.state),
        backup: row.backup,
        namespaces: reachOf(row.namespaces),
        createdAt: row.created_at,
        problem:
          row.problem_json === null ? null : problemSchema.parse(parseJson(row.problem_json)),
      }));
    },

    /** Restores that came to an end, newest first, with what they took. */
    restores: async (cluster: string) => {
      const rows = await ofCluster(cluster)
        .select(['id', 'namespaces', 'started_at', 'finished_at', 'result_json'])
        .where('kind', '=', 'restore')
        .where('state', 'in', ['completed', 'partial'])
        .limit(20)
        .execute();
      return rows.map((row) => ({
        id: row.id,
        namespaces: reachOf(row.namespaces),
        startedAt: row.started_at,
        finishedAt: row.finished_at,
        result: counts.parse(row.result_json === null ? null : parseJson(row.result_json)),
      }));
    },
  };
}

function started(db: Db) {
  const ofCluster = (cluster: string) => db.selectFrom('run').where('cluster', '=', cluster);
  return {
    /** Backups since then, whatever became of them. */
    backupsSince: async (cluster: string, since: number): Promise<StartedRun[]> => {
      const rows = await ofCluster(cluster)
        .select(['id', 'state', 'namespaces', 'created_at', 'schedule'])
        .where('kind', '=', 'backup')
        .where('created_at', '>=', since)
        .orderBy('created_at', 'desc')
        .limit(mostOfAMonth)
        .execute();
      return rows.map((row) => ({
        id: row.id,
        state: runSchema.shape.state.parse(row.state),
        namespaces: reachOf(row.namespaces),
        at: row.created_at,
        schedule: row.schedule,
      }));
    },

    /** How many exports were completed, and the newest. */
    exports: async (cluster: string) => {
      const done = () =>
        ofCluster(cluster).where('kind', '=', 'export').where('state', '=', 'completed');
      const total = await done()
        .select((e) => e.fn.countAll<number>().as('exports'))
        .executeTakeFirstOrThrow();
      const newest = await done()
        .select(['id', 'backup', 'finished_at'])
        .orderBy('created_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return { exports: total.exports, newest: newest ?? null };
    },
  };
}
