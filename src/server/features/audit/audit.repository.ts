import type { Transaction } from 'kysely';
import type { Db } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/tables.ts';
import { type Chained, emptyHead, type Head, hashOf, type Link } from './chain.ts';

export type AuditRepository = ReturnType<typeof createAuditRepository>;
export type NewEntry = Omit<Link, 'seq' | 'previous'>;
type Filter = { actor?: string | undefined; cluster?: string | undefined };

/** Where the number and hash of the last entry stand, so that a removed end is missed too. */
const headKey = 'audit_head';

export function createAuditRepository(db: Db) {
  return {
    /**
     * Adds one entry to the end. False: another writer was faster, nothing was written; try again. The
     * number is chosen here and is the table's key, so that two entries never follow the same one.
     */
    append: (entry: NewEntry): Promise<boolean> =>
      db.transaction().execute(async (work) => {
        const last = (await keptHead(work)) ?? (await lastEntry(work));
        const link = { ...entry, seq: last.seq + 1, previous: last.hash };
        const row = { ...link, hash: hashOf(link) };
        const { numInsertedOrUpdatedRows } = await work
          .insertInto('audit')
          .values(row)
          .onConflict((c) => c.column('seq').doNothing())
          .executeTakeFirst();
        if (Number(numInsertedOrUpdatedRows ?? 0) === 0) return false;
        await keepHead(work, row);
        return true;
      }),

    /** Newest first, below `before`. */
    list: (filter: Filter & { before: number; limit: number }): Promise<Chained[]> => {
      const { actor, cluster, before, limit } = filter;
      let query = db.selectFrom('audit').selectAll().where('seq', '<', before);
      if (actor !== undefined) query = query.where('actor', '=', actor);
      if (cluster !== undefined) query = query.where('cluster', '=', cluster);
      return query.orderBy('seq', 'desc').limit(limit).execute();
    },

    /** Oldest first, above `after`: for checking the chain piece by piece. */
    piece: (after: number, limit: number): Promise<Chained[]> =>
      db
        .selectFrom('audit')
        .selectAll()
        .where('seq', '>', after)
        .orderBy('seq')
        .limit(limit)
        .execute(),

    head: async (): Promise<Head> => (await keptHead(db)) ?? emptyHead,
  };
}

async function keptHead(db: Db | Transaction<Tables>): Promise<Head | undefined> {
  const found = await db
    .selectFrom('meta')
    .select('value')
    .where('key', '=', headKey)
    .executeTakeFirst();
  return found && parseHead(found.value);
}

/** Without a kept head: the first entry of all, or somebody removed it; the chain goes on all the same. */
async function lastEntry(work: Transaction<Tables>): Promise<Head> {
  const last = await work
    .selectFrom('audit')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last ?? emptyHead;
}

async function keepHead(work: Transaction<Tables>, { seq, hash }: Head): Promise<void> {
  const value = `${seq}:${hash}`;
  await work
    .insertInto('meta')
    .values({ key: headKey, value })
    .onConflict((c) => c.column('key').doUpdateSet({ value }))
    .execute();
}

function parseHead(value: string): Head {
  const [seq = '', hash = ''] = value.split(':');
  return { seq: Number(seq), hash };
}
