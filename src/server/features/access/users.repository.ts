import type { Binding } from '#shared/access/access.contract.ts';
import type { Db } from '../../platform/database/database.ts';
import { parseBindings } from './bindings.ts';

export type UsersRepository = ReturnType<typeof createUsersRepository>;

export type StoredUser = {
  name: string;
  passwordHash: string;
  bindings: Binding[];
  disabled: boolean;
  createdAt: number;
  lastSeenAt: number | null;
};
export type UserChange = {
  passwordHash?: string;
  bindings?: readonly Binding[];
  disabled?: boolean;
};

const columns = [
  'name',
  'password_hash',
  'bindings_json',
  'disabled',
  'created_at',
  'last_seen_at',
] as const;

/** Local accounts; times are milliseconds since 1970. */
export const createUsersRepository = (db: Db) => ({ ...reads(db), ...writes(db) });

function reads(db: Db) {
  return {
    /** Above `after` by name; bytewise. */
    list: async (after: string, limit: number): Promise<StoredUser[]> => {
      const rows = await db
        .selectFrom('user')
        .select(columns)
        .where('name', '>', after)
        .orderBy('name')
        .limit(limit)
        .execute();
      return rows.map(toUser);
    },

    find: async (name: string): Promise<StoredUser | undefined> => {
      const row = await db
        .selectFrom('user')
        .select(columns)
        .where('name', '=', name)
        .executeTakeFirst();
      return row && toUser(row);
    },
  };
}

function writes(db: Db) {
  return {
    /** False when the name is taken. */
    add: async ({ bindings, ...user }: Omit<StoredUser, 'disabled' | 'lastSeenAt'>) => {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('user')
        .values({
          name: user.name,
          password_hash: user.passwordHash,
          bindings_json: JSON.stringify(bindings),
          disabled: 0,
          created_at: user.createdAt,
          last_seen_at: null,
        })
        .onConflict((c) => c.column('name').doNothing())
        .executeTakeFirst();
      return Number(numInsertedOrUpdatedRows ?? 0) === 1;
    },

    /** Ends the sessions of this account with the change: never one without the other. */
    change: (name: string, { passwordHash, bindings, disabled }: UserChange): Promise<void> =>
      db.transaction().execute(async (work) => {
        await work
          .updateTable('user')
          .set({
            ...(passwordHash === undefined ? {} : { password_hash: passwordHash }),
            ...(bindings === undefined ? {} : { bindings_json: JSON.stringify(bindings) }),
            ...(disabled === undefined ? {} : { disabled: Number(disabled) }),
          })
          .where('name', '=', name)
          .execute();
        await work.deleteFrom('session').where('user', '=', name).execute();
      }),

    /** With its sessions, and its tokens revoked: a later account of this name must not inherit them. */
    remove: (name: string, now: number): Promise<void> =>
      db.transaction().execute(async (work) => {
        await work.deleteFrom('user').where('name', '=', name).execute();
        await work.deleteFrom('session').where('user', '=', name).execute();
        await work
          .updateTable('token')
          .set({ revoked_at: now })
          .where('created_by', '=', name)
          .where('revoked_at', 'is', null)
          .execute();
      }),

    seen: async (name: string, now: number): Promise<void> => {
      await db.updateTable('user').set({ last_seen_at: now }).where('name', '=', name).execute();
    },
  };
}

type Row = {
  name: string;
  password_hash: string;
  bindings_json: string;
  disabled: number;
  created_at: number;
  last_seen_at: number | null;
};

const toUser = (row: Row): StoredUser => ({
  name: row.name,
  passwordHash: row.password_hash,
  bindings: parseBindings(row.bindings_json),
  disabled: row.disabled === 1,
  createdAt: row.created_at,
  lastSeenAt: row.last_seen_at,
});
