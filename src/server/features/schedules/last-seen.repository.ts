import type { Db } from '../../platform/database/database.ts';

const key = 'clock_seen_at';

/** When a process on this database last looked at its clock: milliseconds since 1970. */
export const createLastSeen = (db: Db) => ({
  read: async (): Promise<number | undefined> => {
    const row = await db
      .selectFrom('meta')
      .select('value')
      .where('key', '=', key)
      .executeTakeFirst();
    return row && Number(row.value);
  },
  write: async (at: number): Promise<void> => {
    const row = { key, value: String(at) };
    await db
      .insertInto('meta')
      .values(row)
      .onConflict((c) => c.column('key').doUpdateSet(row))
      .execute();
  },
});
