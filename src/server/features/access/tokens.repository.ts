import type { Binding } from '#shared/access/access.contract.ts';
import type { Db } from '../../platform/database/database.ts';
import { parseBindings } from './bindings.ts';

export type TokensRepository = ReturnType<typeof createTokensRepository>;

export type StoredToken = {
  id: string;
  name: string;
  createdBy: string;
  bindings: Binding[];
  createdAt: number;
  expiresAt: number;
  lastUsedAt: number | null;
};

const columns = [
  'id',
  'name',
  'created_by',
  'bindings_json',
  'created_at',
  'expires_at',
  'last_used_at',
] as const;

/** API tokens that are not revoked, by id or by the hash of the token; times are milliseconds since 1970. */
export function createTokensRepository(db: Db) {
  const valid = () => db.selectFrom('token').select(columns).where('revoked_at', 'is', null);

  return {
    list: async (after: string, limit: number): Promise<StoredToken[]> =>
      (await valid().where('id', '>', after).orderBy('id').limit(limit).execute()).map(toToken),

    find: async (hash: string): Promise<StoredToken | undefined> => {
      const row = await valid().where('hash', '=', hash).executeTakeFirst();
      return row && toToken(row);
    },

    named: async (name: string, now: number): Promise<boolean> =>
      (await valid().where('name', '=', name).where('expires_at', '>', now).executeTakeFirst()) !==
      undefined,

    add: async ({ bindings, ...token }: StoredToken & { hash: string }): Promise<void> => {
      await db
        .insertInto('token')
        .values({
          id: token.id,
          hash: token.hash,
          name: token.name,
          created_by: token.createdBy,
          bindings_json: JSON.stringify(bindings),
          created_at: token.createdAt,
          expires_at: token.expiresAt,
          last_used_at: token.lastUsedAt,
          revoked_at: null,
        })
        .execute();
    },

    /** False when there is none, or none any more. */
    revoke: async (id: string, now: number): Promise<boolean> => {
      const { numUpdatedRows } = await db
        .updateTable('token')
        .set({ revoked_at: now })
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .executeTakeFirst();
      return Number(numUpdatedRows) === 1;
    },

    used: async (id: string, now: number): Promise<void> => {
      await db.updateTable('token').set({ last_used_at: now }).where('id', '=', id).execute();
    },
  };
}

type Row = {
  id: string;
  name: string;
  created_by: string;
  bindings_json: string;
  created_at: number;
  expires_at: number;
  last_used_at: number | null;
};

const toToken = (row: Row): StoredToken => ({
  id: row.id,
  name: row.name,
  createdBy: row.created_by,
  bindings: parseBindings(row.bindings_json),
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  lastUsedAt: row.last_used_at,
});
