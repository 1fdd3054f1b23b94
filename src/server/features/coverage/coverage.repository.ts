import * as z from 'zod/mini';
import { backupSpec, type BackupSpec } from '#shared/backups/backups.contract.ts';
import type { BackupScope } from '#shared/coverage/coverage.models.ts';
import type { Db } from '../../platform/database/database.ts';
import type { Tables } from '../../platform/tables.ts';

export type CoverageRepository = ReturnType<typeof createCoverageRepository>;

const usable = ['completed', 'partial'];
const names = z.array(z.string());
/** So many names fit into one statement of either database. */
const namesAtOnce = 500;

export const createCoverageRepository = (db: Db) => ({ ...scopes(db), ...holding(db) });

function scopes(db: Db) {
  return {
    /** Usable backups, newest first; `before`: only older ones than this. */
    usable: async (
      cluster: string,
      { before, limit }: { before: BackupScope | null; limit: number },
    ): Promise<BackupScope[]> => {
      const rows = await db
        .selectFrom('backup')
        .selectAll()
        .where('cluster', '=', cluster)
        .where('state', 'in', usable)
        .$if(before !== null, (q) =>
          q.where((e) =>
            e.or([
              e('started_at', '<', before?.startedAt ?? 0),
              e.and([e('started_at', '=', before?.startedAt ?? 0), e('id', '<', before?.id ?? '')]),
            ]),
          ),
        )
        .orderBy('started_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(readScope);
    },

    /** Names of damaged backups, newest first, and when any that is usable was verified last. */
    condition: async (cluster: string) => {
      const damaged = await db
        .selectFrom('backup')
        .select('id')
        .where('cluster', '=', cluster)
        .where('state', '=', 'damaged')
        .orderBy('started_at', 'desc')
        .orderBy('id', 'desc')
        .limit(100)
        .execute();
      const verified = await db
        .selectFrom('backup')
        .select((e) => e.fn.max('verified_at').as('at'))
        .where('cluster', '=', cluster)
        .where('state', 'in', usable)
        .executeTakeFirst();
      return { damaged: damaged.map(({ id }) => id), verifiedAt: verified?.at ?? null };
    },
  };
}

function holding(db: Db) {
  return {
    namespacesOf: async (cluster: string, backup: string): Promise<ReadonlySet<string>> => {
      const rows = await db
        .selectFrom('backup_namespace')
        .select('namespace')
        .where('cluster', '=', cluster)
        .where('backup', '=', backup)
        .where('namespace', '!=', '')
        .execute();
      return new Set(rows.map(({ namespace }) => namespace));
    },

    /** The newest usable backup with objects of each of these namespaces. */
    newestOf: async (
      cluster: string,
      namespaces: readonly string[],
    ): Promise<Map<string, BackupScope>> => {
      const found = new Map<string, BackupScope>();
      for (let at = 0; at < namespaces.length; at += namesAtOnce) {
        const chunk = namespaces.slice(at, at + namesAtOnce);
        for (const { held, ...row } of await newestRows(db, cluster, chunk))
          found.set(held, readScope(row));
      }
      return found;
    },
  };
}

const newestRows = (db: Db, cluster: string, namespaces: readonly string[]) =>
  db
    .with('newest', (q) =>
      q
        .selectFrom('backup_namespace as of')
        .innerJoin('backup', (join) =>
          join.onRef('backup.cluster', '=', 'of.cluster').onRef('backup.id', '=', 'of.backup'),
        )
        .select(['of.namespace as held', (e) => e.fn.max('backup.started_at').as('at')])
        .where('of.cluster', '=', cluster)
        .where('of.namespace', 'in', namespaces)
        .where('backup.state', 'in', usable)
        .groupBy('of.namespace'),
    )
    .selectFrom('newest')
    .innerJoin('backup', 'backup.started_at', 'newest.at')
    .innerJoin('backup_namespace as of', (join) =>
      join
        .onRef('of.cluster', '=', 'backup.cluster')
        .onRef('of.backup', '=', 'backup.id')
        .onRef('of.namespace', '=', 'newest.held'),
    )
    .selectAll('backup')
    .select('newest.held')
    .where('backup.cluster', '=', cluster)
    .where('backup.state', 'in', usable)
    .execute();

function readScope(row: Tables['backup']): BackupScope {
  const spec = backupSpec.parse(JSON.parse(row.spec_json));
  return {
    id: row.id,
    startedAt: row.started_at,
    state: row.state === 'partial' ? 'partial' : 'completed',
    chosen: row.namespaces === null ? null : names.parse(JSON.parse(row.namespaces)),
    excluded: spec.excludedNamespaces ?? [],
    narrowedTo: narrowing(spec),
  };
}

function narrowing({ kinds, excludedKinds, labelSelector }: BackupSpec): string | null {
  const all = kinds === undefined || kinds.includes('*');
  const words = [
    all ? '' : `only the kinds ${kinds.join(', ')}`,
    excludedKinds?.length ? `without the kinds ${excludedKinds.join(', ')}` : '',
    labelSelector ? `only what has the labels ${labelSelector}` : '',
  ].filter((part) => part !== '');
  return words.length === 0 ? null : words.join(', ');
}
