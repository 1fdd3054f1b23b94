import type { Db } from '../platform/database/database.ts';

/** The name of this installation, made at its first start. */
export async function readInstance(db: Db, make: () => string): Promise<string> {
  await db
    .insertInto('meta')
    .values({ key: 'instance', value: make() })
    .onConflict((c) => c.column('key').doNothing())
    .execute();
  const row = await db
    .selectFrom('meta')
    .select('value')
    .where('key', '=', 'instance')
    .executeTakeFirstOrThrow();
  return row.value;
}
