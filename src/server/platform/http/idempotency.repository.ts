import type { Db } from '../database/database.ts';

export type IdempotencyRepository = ReturnType<typeof createIdempotencyRepository>;

type Key = { actor: string; key: string };
/** `status`: null while the first call is still being worked on. `body`: JSON, null for none. */
export type KeptAnswer = { request: string; status: number | null; body: string | null };

export function createIdempotencyRepository(db: Db) {
  const at = ({ actor, key }: Key) =>
    db.updateTable('idempotency').where('actor', '=', actor).where('key', '=', key);

  return {
    /** True for exactly one of those who ask at the same time. `now`: milliseconds since 1970. */
    claim: async (key: Key & { request: string; now: number }): Promise<boolean> => {
      const { now, ...row } = key;
      const result = await db
        .insertInto('idempotency')
        .values({ ...row, status: null, response_json: null, at: now })
        .onConflict((c) => c.columns(['actor', 'key']).doNothing())
        .executeTakeFirst();
      return Number(result.numInsertedOrUpdatedRows ?? 0) === 1;
    },

    find: ({ actor, key }: Key): Promise<KeptAnswer | undefined> =>
      db
        .selectFrom('idempotency')
        .select(['request', 'status', 'response_json as body'])
        .where('actor', '=', actor)
        .where('key', '=', key)
        .executeTakeFirst(),

    keep: async (key: Key, { status, body }: Omit<KeptAnswer, 'request'>): Promise<void> => {
      await at(key).set({ status, response_json: body }).execute();
    },

    release: async ({ actor, key }: Key): Promise<void> => {
      await db
        .deleteFrom('idempotency')
        .where('actor', '=', actor)
        .where('key', '=', key)
        .execute();
    },

    /** Answers those that a process left behind when it died. */
    settleAbandoned: async ({ status, body }: Omit<KeptAnswer, 'request'>): Promise<void> => {
      await db
        .updateTable('idempotency')
        .where('status', 'is', null)
        .set({ status, response_json: body })
        .execute();
    },

    forgetBefore: async (instant: number): Promise<void> => {
      await db
        .deleteFrom('idempotency')
        .where('at', '<', instant)
        .where('status', 'is not', null)
        .execute();
    },
  };
}
