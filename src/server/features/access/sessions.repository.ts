import type { Db } from '../../platform/database/database.ts';
import type { StoredSession } from './sessions.models.ts';

export type SessionsRepository = ReturnType<typeof createSessionsRepository>;

/** Sessions by the hash of their cookie; times are milliseconds since 1970. */
export function createSessionsRepository(db: Db) {
  return {
    add: async (hash: string, { user, by, seenAt, expiresAt }: StoredSession): Promise<void> => {
      await db
        .insertInto('session')
        .values({ hash, user, by, created_at: seenAt, seen_at: seenAt, expires_at: expiresAt })
        .execute();
    },

    find: async (hash: string): Promise<StoredSession | undefined> => {
      const row = await db
        .selectFrom('session')
        .select(['user', 'by', 'seen_at as seenAt', 'expires_at as expiresAt'])
        .where('hash', '=', hash)
        .executeTakeFirst();
      return row && { ...row, by: row.by as StoredSession['by'] };
    },

    seen: async (hash: string, now: number): Promise<void> => {
      await db.updateTable('session').set({ seen_at: now }).where('hash', '=', hash).execute();
    },

    end: async (hash: string): Promise<boolean> => {
      const { numDeletedRows } = await db
        .deleteFrom('session')
        .where('hash', '=', hash)
        .executeTakeFirst();
      return Number(numDeletedRows) > 0;
    },

    forgetBefore: async (now: number, idleSince: number): Promise<void> => {
      await db
        .deleteFrom('session')
        .where((e) => e.or([e('expires_at', '<=', now), e('seen_at', '<=', idleSince)]))
        .execute();
    },
  };
}
