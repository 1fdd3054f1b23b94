import { type RunState, unfinishedStates } from '#shared/runs/runs.contract.ts';
import type { MeasuredSlot, Slot } from '#shared/schedules/schedule.contract.ts';
import { decodeCursor, numberKey, pageOf } from '../../platform/cursor.models.ts';
import type { Db } from '../../platform/database/database.ts';
import { inPieces } from '../../platform/database/pieces.models.ts';
import type { Tables } from '../../platform/tables.ts';
import type { Unfinished } from './decide.models.ts';
import type { ScheduleAt } from './schedules.repository.ts';
import type { StoredSchedule } from './schedules.rows.ts';
import { readMeasured, readSlot, slotColumns } from './slots.rows.ts';

export type SlotsRepository = ReturnType<typeof createSlotsRepository>;

/** What is known of a schedule beside itself. `lastGood`: milliseconds since 1970. */
export type History = { last: Slot | null; lastGood: number | null };

/** The newest comparable runs that say how long one takes. */
const comparedRuns = 30;

export const createSlotsRepository = (db: Db) => ({
  ...deciding(),
  ...queued(db),
  ...reading(db),
  ...summing(db),
  ...learning(db),
  ...thinning(db),
});

function deciding() {
  return {
    /**
     * Writes what was decided; the unique key of a slot makes each decision the only one. Answers those
     * that were not there yet.
     */
    decide: async (rows: readonly Tables['slot'][], work: Db): Promise<Tables['slot'][]> => {
      const fresh: Tables['slot'][] = [];
      for (const piece of inPieces(rows)) {
        const inserted = await work
          .insertInto('slot')
          .values(piece)
          .onConflict((c) => c.columns(['cluster', 'schedule', 'at']).doNothing())
          .returningAll()
          .execute();
        fresh.push(...inserted);
      }
      return fresh;
    },

    /**
     * Never back: what was handled stays handled. Answers false, and changes nothing, when somebody else was
     * faster, or the schedule is no more at this version: then nothing may be decided by what it was.
     */
    setHandled: async (
      { cluster, name, version }: Pick<StoredSchedule, 'cluster' | 'name' | 'version'>,
      at: number,
      work: Db,
    ): Promise<boolean> => {
      const { numUpdatedRows } = await work
        .updateTable('schedule')
        .set({ handled_at: at })
        .where('cluster', '=', cluster)
        .where('name', '=', name)
        .where('version', '=', version)
        .where('handled_at', '<', at)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}

function queued(db: Db) {
  return {
    /** Runs of it in these states. */
    runsIn: async (
      states: readonly RunState[],
      { cluster, schedule }: ScheduleAt,
    ): Promise<string[]> => {
      const rows = await db
        .selectFrom('run')
        .select('id')
        .where('cluster', '=', cluster)
        .where('schedule', '=', schedule)
        .where('state', 'in', states)
        .execute();
      return rows.map(({ id }) => id);
    },

    /** Runs of schedules that wait or go on, by `cluster/schedule`. */
    unfinished: async (): Promise<Map<string, Unfinished>> => {
      const rows = await db
        .selectFrom('run')
        .select(['cluster', 'schedule', 'state'])
        .where('state', 'in', unfinishedStates)
        .where('schedule', 'is not', null)
        .where('kind', '=', 'backup')
        .execute();
      const found = new Map<string, Unfinished>();
      for (const { cluster, schedule, state } of rows) {
        const key = `${cluster}/${schedule}`;
        const counts = found.get(key) ?? { pending: 0, running: 0 };
        counts[state === 'running' ? 'running' : 'pending'] += 1;
        found.set(key, counts);
      }
      return found;
    },
  };
}

function reading(db: Db) {
  const withRuns = (cluster: string) =>
    db
      .selectFrom('slot')
      .leftJoin('run', 'run.id', 'slot.run')
      .select(slotColumns)
      .where('slot.cluster', '=', cluster);
  return {
    /** Newest first. */
    list: async (
      { cluster, schedule }: ScheduleAt,
      page: { limit: number; cursor?: string | undefined },
    ): Promise<{ items: MeasuredSlot[]; next: string | null }> => {
      const [before] = page.cursor === undefined ? [null] : decodeCursor(numberKey, page.cursor);
      const rows = await withRuns(cluster)
        .leftJoin('backup', (j) =>
          j.onRef('backup.cluster', '=', 'run.cluster').onRef('backup.id', '=', 'run.backup'),
        )
        .select(['run.result_json as result', 'backup.bytes as size'])
        .where('slot.schedule', '=', schedule)
        .$if(before !== null, (q) => q.where('slot.at', '<', before ?? 0))
        .orderBy('slot.at', 'desc')
        .limit(page.limit + 1)
        .execute();
      const { items, next } = pageOf(rows, page.limit, ({ at }) => [at]);
      return { items: items.map(readMeasured), next };
    },

    /** Of these schedules since then, newest first: with the state of each run. */
    since: async (cluster: string, at: number, schedules: readonly string[]) => {
      const rows = await withRuns(cluster)
        .select('slot.schedule as schedule')
        .where('slot.at', '>=', at)
        .where('slot.schedule', 'in', schedules)
        .orderBy('slot.at', 'desc')
        .limit(mostOfAMonth)
        .execute();
      return rows.map((row) => ({ schedule: row.schedule, ...readSlot(row) }));
    },
  };
}

function summing(db: Db) {
  return {
    /** The newest slot and the newest restore point of each schedule of a cluster, by name. */
    histories: async (cluster: string): Promise<Map<string, History>> => {
      const rows = await db
        .selectFrom('schedule')
        .leftJoin('slot', (j) =>
          j
            .onRef('slot.cluster', '=', 'schedule.cluster')
            .onRef('slot.schedule', '=', 'schedule.name')
            .on('slot.at', '=', (e) =>
              e
                .selectFrom('slot as newest')
                .select((s) => s.fn.max('newest.at').as('at'))
                .whereRef('newest.cluster', '=', 'schedule.cluster')
                .whereRef('newest.schedule', '=', 'schedule.name'),
            ),
        )
        .leftJoin('run', 'run.id', 'slot.run')
        .select(['schedule.name as name', ...slotColumns])
        .select((e) =>
          e
            .selectFrom('backup')
            .select((s) => s.fn.max('backup.started_at').as('at'))
            .whereRef('backup.cluster', '=', 'schedule.cluster')
            .whereRef('backup.schedule', '=', 'schedule.name')
            .whereRef('backup.started_at', '>=', 'schedule.created_at')
            .where('backup.state', 'in', ['completed', 'partial'])
            .as('last_good'),
        )
        .where('schedule.cluster', '=', cluster)
        .execute();
      return new Map(
        rows.map(({ name, last_good: lastGood, at, state, decided_at, ...row }) => {
          const last =
            at === null || state === null || decided_at === null
              ? null
              : readSlot({ ...row, at, state, decided_at });
          return [name, { last, lastGood }];
        }),
      );
    },
  };
}

/** A bound on what one answer looks at: 30 days of 69 hourly schedules; what is older falls away. */
const mostOfAMonth = 50_000;

function learning(db: Db) {
  return {
    /** How long the last comparable runs took, milliseconds. */
    lengths: async ({ cluster, schedule }: ScheduleAt): Promise<number[]> => {
      const rows = await db
        .selectFrom('run')
        .select(['started_at', 'finished_at'])
        .where('cluster', '=', cluster)
        .where('schedule', '=', schedule)
        .where('state', 'in', ['completed', 'partial'])
        .orderBy('created_at', 'desc')
        .limit(comparedRuns)
        .execute();
      return rows.flatMap(({ started_at: from, finished_at: until }) =>
        from === null || until === null ? [] : [Math.max(0, until - from)],
      );
    },

    /** When the capture of the newest restore point of each began. */
    lastGood: async (cluster: string, schedules: readonly string[]) => {
      const found = new Map<string, number>();
      for (const piece of inPieces(schedules, 500)) {
        const rows = await db
          .selectFrom('backup')
          .innerJoin('schedule', (j) =>
            j
              .onRef('schedule.cluster', '=', 'backup.cluster')
              .onRef('schedule.name', '=', 'backup.schedule')
              .onRef('schedule.created_at', '<=', 'backup.started_at'),
          )
          .select((e) => ['schedule.name', e.fn.max('backup.started_at').as('at')] as const)
          .where('backup.cluster', '=', cluster)
          .where('backup.schedule', 'in', piece)
          .where('backup.state', 'in', ['completed', 'partial'])
          .groupBy('schedule.name')
          .execute();
        for (const { name, at } of rows) found.set(name, at);
      }
      return found;
    },
  };
}

function thinning(db: Db) {
  return {
    removeBefore: async (at: number): Promise<void> => {
      await db.deleteFrom('slot').where('at', '<', at).execute();
    },
  };
}
