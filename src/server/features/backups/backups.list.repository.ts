import type { ExpressionBuilder } from 'kysely';
import type { Backup, BackupOrder, BackupState } from '#shared/backups/backups.contract.ts';
import { decodeCursor, namesKey, pageOf, timeKey } from '../../platform/cursor.models.ts';
import type { Db } from '../../platform/database/database.ts';
import type { Reach } from '../../platform/runs.types.ts';
import type { Tables } from '../../platform/tables.ts';
import { orderNotYours } from './backups.errors.ts';
import { readBackup } from './backups.rows.ts';

export type BackupFilter = {
  cluster: string;
  state?: BackupState | undefined;
  type?: 'incremental' | 'full' | undefined;
  namespace?: string | undefined;
  search?: string | undefined;
};
export type BackupListRepository = ReturnType<typeof createBackupListRepository>;
type Page = { limit: number; cursor?: string | undefined; order?: BackupOrder };
type Expression = ExpressionBuilder<Tables, 'backup'>;

/** Namespaces listed as facets: the ones in most backups. */
const mostNamespaces = 200;

/** Lists, counts and facets of backups, never of more than the reader may see. */
export const createBackupListRepository = (db: Db) => ({ ...lists(db), ...facets(db) });

function lists(db: Db) {
  return {
    /**
     * Newest first unless `order` says otherwise; counts and namespaces are narrowed to `reach`.
     * Throws `backups.order_not_yours`.
     */
    list: async (filter: BackupFilter, reach: Reach, { limit, cursor, order = 'newest' }: Page) => {
      if (order === 'largest' && reach !== 'all') throw orderNotYours();
      const { column, direction, key } = orders[order];
      const after = cursor === undefined ? null : decodeCursor(key, cursor);
      const rows = await db
        .selectFrom('backup')
        .selectAll()
        .where((e) => e.and(conditions(e, filter, reach)))
        .$if(after !== null, (q) => q.where((e) => past(e, orders[order], after ?? ['', ''])))
        .orderBy(column, direction)
        .orderBy('id', direction)
        .limit(limit + 1)
        .execute();
      const page = pageOf(rows, limit, (row) => [row[column], row.id]);
      const pins = await pinsOf(db, filter.cluster, page.items);
      const items = page.items.map((row) => readBackup(row, pins.get(row.id)).backup);
      return { items: await narrowAll(db, items, reach), next: page.next };
    },

    /** One backup as this reader sees it; undefined when none of its namespaces is theirs. */
    narrow: async (backup: Backup, reach: Reach): Promise<Backup | undefined> => {
      if (reach === 'all') return backup;
      const narrowed = await narrowAll(db, [backup], reach);
      return narrowed.find(({ namespaces }) => namespaces === null || namespaces.length > 0);
    },

    total: async (filter: BackupFilter, reach: Reach): Promise<number> => {
      const row = await db
        .selectFrom('backup')
        .select((e) => e.fn.countAll<number>().as('backups'))
        .where((e) => e.and(conditions(e, filter, reach)))
        .executeTakeFirstOrThrow();
      return row.backups;
    },
  };
}

function facets(db: Db) {
  const count = (column: 'state' | 'type', filter: BackupFilter, reach: Reach) =>
    db
      .selectFrom('backup')
      .select([`${column} as value`, (e) => e.fn.countAll<number>().as('backups')])
      .where((e) => e.and(conditions(e, { ...filter, [column]: undefined }, reach)))
      .groupBy(column)
      .orderBy(column)
      .execute();
  return {
    /** How many backups each other choice would show; each facet leaves out its own filter. */
    facets: async (filter: BackupFilter, reach: Reach) => ({
      state: await count('state', filter, reach),
      type: await count('type', filter, reach),
      namespace: await db
        .selectFrom('backup_namespace as held')
        .innerJoin('backup', (join) =>
          join.onRef('backup.cluster', '=', 'held.cluster').onRef('backup.id', '=', 'held.backup'),
        )
        .select(['held.namespace as value', (e) => e.fn.countAll<number>().as('backups')])
        .where('held.namespace', '!=', '')
        .$if(reach !== 'all', (q) => q.where('held.namespace', 'in', namesOf(reach)))
        .where((e) => e.and(conditions(e as never, { ...filter, namespace: undefined }, reach)))
        .groupBy('held.namespace')
        .orderBy('backups', 'desc')
        .orderBy('held.namespace')
        .limit(mostNamespaces)
        .execute(),
    }),
  };
}

function conditions(e: Expression, filter: BackupFilter, reach: Reach) {
  const { cluster, state, type, namespace, search } = filter;
  return [
    e('backup.cluster', '=', cluster),
    ...(state === undefined ? [] : [e('backup.state', '=', state)]),
    ...(type === undefined ? [] : [e('backup.type', '=', type)]),
    ...(search === undefined
      ? []
      : // Ids are lower case; SQLite ignores case here and PostgreSQL does not.
        [e('backup.id', 'like', `%${search.toLowerCase().replaceAll(/[%_\\]/g, '')}%`)]),
    ...(namespace === undefined ? [] : [holdsOneOf(e, both([namespace], reach))]),
    ...(reach === 'all' ? [] : [holdsOneOf(e, reach)]),
  ];
}

const holdsOneOf = (e: Expression, namespaces: readonly string[]) =>
  e.exists(
    e
      .selectFrom('backup_namespace as of')
      .select('of.namespace')
      .whereRef('of.cluster', '=', 'backup.cluster')
      .whereRef('of.backup', '=', 'backup.id')
      .where('of.namespace', 'in', namesOf(namespaces)),
  );

/** Each has an index; `key`: what a cursor holds, the value of the column and the id. */
const orders = {
  newest: { column: 'started_at', direction: 'desc', key: timeKey },
  oldest: { column: 'started_at', direction: 'asc', key: timeKey },
  name: { column: 'id', direction: 'asc', key: namesKey },
  largest: { column: 'bytes', direction: 'desc', key: timeKey },
} as const satisfies Record<BackupOrder, object>;

/** What comes after this one in the order. */
function past(
  e: Expression,
  { column, direction }: (typeof orders)[BackupOrder],
  [value, id]: readonly [string | number, string],
) {
  const further = direction === 'desc' ? '<' : '>';
  return e.or([e(column, further, value), e.and([e(column, '=', value), e('id', further, id)])]);
}

/** A filter must not tell whether a backup holds a namespace that its reader may not see. */
const both = (wanted: readonly string[], reach: Reach): readonly string[] =>
  reach === 'all' ? wanted : wanted.filter((name) => reach.includes(name));

/** `in ()` is not SQL, and `''` stands for cluster-scoped objects, which are nobody's namespace. */
function namesOf(reach: Reach): readonly string[] {
  const names = reach === 'all' ? [] : reach.filter((name) => name !== '');
  return names.length === 0 ? ['?'] : names;
}

async function narrowAll(db: Db, backups: readonly Backup[], reach: Reach): Promise<Backup[]> {
  const [first] = backups;
  if (reach === 'all' || !first) return [...backups];
  const rows = await db
    .selectFrom('backup_namespace')
    .selectAll()
    .where('cluster', '=', first.cluster)
    .where(
      'backup',
      'in',
      backups.map(({ id }) => id),
    )
    .where('namespace', 'in', namesOf(reach))
    .orderBy('namespace')
    .execute();
  const mine = Map.groupBy(rows, ({ backup }) => backup);
  return backups.map((backup) => narrowed(backup, mine.get(backup.id) ?? []));
}

/** The pin's note may speak of anything: it is for who may see the whole backup. */
function narrowed(backup: Backup, rows: readonly Tables['backup_namespace'][]): Backup {
  const sum = (field: 'objects' | 'bytes' | 'volumes') =>
    rows.reduce((total, row) => total + row[field], 0);
  return {
    ...backup,
    namespaces: rows.map(({ namespace }) => namespace),
    objects: sum('objects'),
    bytes: sum('bytes'),
    volumesNotBackedUp: sum('volumes'),
    pin: backup.pin && { ...backup.pin, note: 'Pinned.' },
  };
}

async function pinsOf(db: Db, cluster: string, rows: readonly { id: string }[]) {
  if (rows.length === 0) return new Map<string, Tables['pin']>();
  const found = await db
    .selectFrom('pin')
    .selectAll()
    .where('cluster', '=', cluster)
    .where(
      'backup',
      'in',
      rows.map(({ id }) => id),
    )
    .execute();
  return new Map(found.map((pin) => [pin.backup, pin]));
}
