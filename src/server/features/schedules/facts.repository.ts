import * as z from 'zod/mini';
import { unfinishedStates } from '#shared/runs/runs.contract.ts';
import type { RetentionPoint } from '#shared/schedules/retention/retention.types.ts';
import type { Db } from '../../platform/database/database.ts';
import type { Reach } from '../../platform/runs.types.ts';
import { bytesAdded } from './bytes-added.models.ts';
import type { ScheduleAt } from './schedules.repository.ts';
import type { Usual } from './simulated.models.ts';

export type FactsRepository = ReturnType<typeof createFactsRepository>;

/** The newest runs that say what is usual in a cluster. */
const looked = 200;
const reading = ['verify', 'export', 'restore'] as const;

/** What schedules have to know of runs and backups. */
export const createFactsRepository = (db: Db) => ({
  ...points(db),
  /** What backups of a cluster usually take, and what those of each schedule add. */
  usual: async (cluster: string): Promise<Usual> => {
    const rows = await db
      .selectFrom('run')
      .select(['schedule', 'started_at', 'finished_at', 'result_json'])
      .where('cluster', '=', cluster)
      .where('kind', '=', 'backup')
      .where('state', 'in', ['completed', 'partial'])
      .orderBy('created_at', 'desc')
      .limit(looked)
      .execute();
    const lengths = rows.flatMap(({ started_at: from, finished_at: until }) =>
      from === null || until === null ? [] : [until - from],
    );
    const added = Map.groupBy(rows, ({ schedule }) => schedule ?? '');
    return {
      length: middle(lengths),
      bytesOf: (schedule) => {
        const bytes = (added.get(schedule) ?? []).flatMap(
          ({ result_json }) => bytesAdded(result_json) ?? [],
        );
        return bytes.length === 0 ? null : bytes.reduce((sum, one) => sum + one, 0) / bytes.length;
      },
    };
  },
});

function middle(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}

/** Backups that something is reading right now. */
async function inUse(db: Db, cluster: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('run')
    .select('backup')
    .where('cluster', '=', cluster)
    .where('state', 'in', unfinishedStates)
    .where('kind', 'in', reading)
    .execute();
  return new Set(rows.flatMap(({ backup }) => backup ?? []));
}

const withPins = (db: Db, cluster: string) =>
  db
    .selectFrom('backup')
    .leftJoin('pin', (j) =>
      j.onRef('pin.cluster', '=', 'backup.cluster').onRef('pin.backup', '=', 'backup.id'),
    )
    .select(['backup.id as id', 'backup.started_at as at', 'backup.state as state'])
    .select(['backup.verified_at as verified_at', 'pin.note as note', 'pin.until as until'])
    .where('backup.cluster', '=', cluster)
    .where('backup.state', '!=', 'deleting');

type Pinned = { note: string | null; until: number | null };

const isPinned = ({ note, until }: Pinned, now: number): boolean =>
  note !== null && (until === null || now <= until);

function points(db: Db) {
  return {
    /** As retention sees them, newest first: those that this schedule has made, none of an earlier one of its name. */
    pointsOf: async ({ cluster, schedule }: ScheduleAt, now: number): Promise<RetentionPoint[]> => {
      const rows = await withPins(db, cluster)
        .where('backup.schedule', '=', schedule)
        .where('backup.started_at', '>=', madeAt(db, { cluster, schedule }))
        .orderBy('backup.started_at', 'desc')
        .execute();
      const used = await inUse(db, cluster);
      return rows.map((row) => ({
        id: row.id,
        at: row.at,
        state: stateOf(row.state),
        isVerified: row.verified_at !== null,
        isPinned: isPinned(row, now),
        isInUse: used.has(row.id),
      }));
    },

    /** The namespaces that are in these; the whole cluster as soon as one holds it. */
    heldBy: async ({ cluster, schedule }: ScheduleAt): Promise<Reach> => {
      const rows = await db
        .selectFrom('backup')
        .select('namespaces')
        .distinct()
        .where('cluster', '=', cluster)
        .where('schedule', '=', schedule)
        .where('started_at', '>=', madeAt(db, { cluster, schedule }))
        .execute();
      const all = rows.map(({ namespaces }) => readNamespaces(namespaces));
      return all.includes('all') ? 'all' : [...new Set(all.flat())].toSorted();
    },

    /**
     * Backups made by hand whose own retention is over: neither pinned, nor read, nor the newest good
     * one of the cluster.
     */
    expired: async (cluster: string, now: number): Promise<string[]> => {
      const rows = await withPins(db, cluster)
        .where('backup.schedule', 'is', null)
        .where('backup.expires_at', '<=', now)
        .execute();
      if (rows.length === 0) return [];
      const newest = await newestGood(db, cluster);
      const used = await inUse(db, cluster);
      return rows.flatMap((row) => {
        const { id, state } = row;
        const stays = isPinned(row, now) || used.has(id) || id === newest || state === 'damaged';
        return stays ? [] : [id];
      });
    },
  };
}

/** A new schedule decides about nothing that one of the same name has left. */
const madeAt = (db: Db, { cluster, schedule }: ScheduleAt) =>
  db
    .selectFrom('schedule')
    .select('created_at')
    .where('cluster', '=', cluster)
    .where('name', '=', schedule);

const names = z.array(z.string());
const readNamespaces = (json: string | null): Reach =>
  json === null ? 'all' : names.parse(JSON.parse(json));

async function newestGood(db: Db, cluster: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('backup')
    .select('id')
    .where('cluster', '=', cluster)
    .where('state', '=', 'completed')
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}

const states: readonly RetentionPoint['state'][] = ['completed', 'partial', 'damaged', 'unknown'];

const stateOf = (text: string): RetentionPoint['state'] =>
  states.find((state) => state === text) ?? 'unknown';
