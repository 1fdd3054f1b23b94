import * as z from 'zod/mini';
import { type Blackout, blackout, type Durations } from '#shared/schedules/schedule.contract.ts';
import type { Db } from '../../platform/database/database.ts';
import { readSchedule, rowOfSchedule, type StoredSchedule } from './schedules.rows.ts';

export type SchedulesRepository = ReturnType<typeof createSchedulesRepository>;

export type ScheduleAt = { cluster: string; schedule: string };

export const createSchedulesRepository = (db: Db) => ({
  ...reading(db),
  ...writing(db),
  ...blackouts(db),
});

function reading(db: Db) {
  return {
    /** By name. */
    ofCluster: async (cluster: string): Promise<StoredSchedule[]> => {
      const rows = await db
        .selectFrom('schedule')
        .selectAll()
        .where('cluster', '=', cluster)
        .orderBy('name')
        .execute();
      return rows.map(readSchedule);
    },

    namesOf: async (cluster: string): Promise<string[]> => {
      const rows = await db
        .selectFrom('schedule')
        .select('name')
        .where('cluster', '=', cluster)
        .execute();
      return rows.map(({ name }) => name);
    },

    all: async (): Promise<StoredSchedule[]> => {
      const rows = await db
        .selectFrom('schedule')
        .selectAll()
        .orderBy('cluster')
        .orderBy('name')
        .execute();
      return rows.map(readSchedule);
    },

    find: async ({ cluster, schedule }: ScheduleAt): Promise<StoredSchedule | undefined> => {
      const row = await db
        .selectFrom('schedule')
        .selectAll()
        .where('cluster', '=', cluster)
        .where('name', '=', schedule)
        .executeTakeFirst();
      return row && readSchedule(row);
    },
  };
}

function writing(db: Db) {
  const change = ({ cluster, schedule }: ScheduleAt, work: Db = db) =>
    work.updateTable('schedule').where('cluster', '=', cluster).where('name', '=', schedule);
  return {
    /** Answers false, and changes nothing, when the name is taken. */
    insert: async (given: StoredSchedule, work: Db = db): Promise<boolean> => {
      const row = await work
        .insertInto('schedule')
        .values(rowOfSchedule(given))
        .onConflict((c) => c.columns(['cluster', 'name']).doNothing())
        .returning('name')
        .executeTakeFirst();
      return row !== undefined;
    },

    /**
     * Answers false, and changes nothing, when it is no more at the version before. What the scheduler
     * has decided, and how long runs take, is known better by now: that stays.
     */
    replace: async (given: StoredSchedule, work: Db = db): Promise<boolean> => {
      const { cluster, name: schedule, version } = given;
      const { p50: _, p90: __, p99: ___, runs: ____, handled_at, ...row } = rowOfSchedule(given);
      const { numUpdatedRows } = await change({ cluster, schedule }, work)
        .set((e) => ({
          ...row,
          handled_at: e
            .case()
            .when('handled_at', '>', handled_at)
            .then(e.ref('handled_at'))
            .else(e.val(handled_at))
            .end(),
        }))
        .where('version', '=', version - 1)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    /** With what was decided about its slots: a new one of the same name begins anew. */
    remove: ({ cluster, schedule }: ScheduleAt): Promise<boolean> =>
      db.transaction().execute(async (work) => {
        await work
          .deleteFrom('slot')
          .where('cluster', '=', cluster)
          .where('schedule', '=', schedule)
          .execute();
        const { numDeletedRows } = await work
          .deleteFrom('schedule')
          .where('cluster', '=', cluster)
          .where('name', '=', schedule)
          .executeTakeFirst();
        return numDeletedRows > 0n;
      }),

    setDurations: async (at: ScheduleAt, durations: Durations): Promise<void> => {
      await change(at).set(durations).execute();
    },

    /** All or nothing. */
    together: <T>(act: (work: Db) => Promise<T>): Promise<T> => db.transaction().execute(act),
  };
}

const blackoutList = z.array(blackout);

function blackouts(db: Db) {
  return {
    blackoutsOf: async (cluster: string): Promise<Blackout[]> => {
      const row = await db
        .selectFrom('blackout')
        .selectAll()
        .where('cluster', '=', cluster)
        .executeTakeFirst();
      return row ? blackoutList.parse(JSON.parse(row.spec_json)) : [];
    },

    /** Of every cluster that has any. */
    allBlackouts: async (): Promise<Map<string, Blackout[]>> => {
      const rows = await db.selectFrom('blackout').selectAll().execute();
      return new Map(
        rows.map(({ cluster, spec_json }) => [cluster, blackoutList.parse(JSON.parse(spec_json))]),
      );
    },

    setBlackouts: async (cluster: string, list: readonly Blackout[]): Promise<void> => {
      const row = { cluster, spec_json: JSON.stringify(list) };
      await db
        .insertInto('blackout')
        .values(row)
        .onConflict((c) => c.column('cluster').doUpdateSet(row))
        .execute();
    },
  };
}
