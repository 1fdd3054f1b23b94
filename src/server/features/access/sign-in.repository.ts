import type { Db } from '../../platform/database/database.ts';

export type SignInRepository = ReturnType<typeof createSignInRepository>;

/** Links that wait to be used, and tries that count against limits; times are milliseconds since 1970. */
export function createSignInRepository(db: Db) {
  return {
    addLink: async (hash: string, expiresAt: number): Promise<void> => {
      await db.insertInto('sign_in_link').values({ hash, expires_at: expiresAt }).execute();
    },

    /** True once for each link. */
    useLink: async (hash: string, now: number): Promise<boolean> => {
      const { numDeletedRows } = await db
        .deleteFrom('sign_in_link')
        .where('hash', '=', hash)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return Number(numDeletedRows) === 1;
    },

    /** When the tries that count against `who` were made, oldest first. */
    tries: async (who: string, since: number): Promise<number[]> => {
      const rows = await db
        .selectFrom('sign_in_failure')
        .select('at')
        .where('user', '=', who)
        .where('at', '>', since)
        .orderBy('at')
        .execute();
      return rows.map(({ at }) => at);
    },

    addTry: async (who: readonly string[], at: number): Promise<void> => {
      await db
        .insertInto('sign_in_failure')
        .values(who.map((user) => ({ user, at })))
        .execute();
    },

    forgetTries: async (who: string): Promise<void> => {
      await db.deleteFrom('sign_in_failure').where('user', '=', who).execute();
    },

    forgetBefore: async (instant: number): Promise<void> => {
      await db.deleteFrom('sign_in_failure').where('at', '<=', instant).execute();
      await db.deleteFrom('sign_in_link').where('expires_at', '<=', instant).execute();
    },
  };
}
