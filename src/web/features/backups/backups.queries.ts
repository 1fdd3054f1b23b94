import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { backupsApi } from '#shared/backups/backups.contract.ts';
import { runsApi } from '#shared/runs/runs.contract.ts';
import { call } from '../../lib/call.ts';
import { keys } from '../../lib/keys.ts';
import type { BackupsFilter } from './backups-filter.models.ts';

const paging = {
  initialPageParam: '',
  getNextPageParam: ({ next }: { next: string | null }) => next ?? undefined,
};

/** Only what was chosen is sent: an absent filter is none. */
const given = <T extends Record<string, string | undefined>>(some: T) =>
  Object.fromEntries(Object.entries(some).filter(([, value]) => value)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>;
  };

export const backupsQuery = (
  cluster: string,
  { state, type, namespace, search, order }: BackupsFilter,
) =>
  infiniteQueryOptions({
    queryKey: [...keys.backups(cluster), 'list', state, type, namespace, search, order],
    queryFn: ({ pageParam, signal }) =>
      call(
        backupsApi.list,
        {
          params: { cluster },
          query: {
            limit: 100,
            order: order ?? 'newest',
            ...given({ state, type, namespace, search, cursor: pageParam }),
          },
        },
        { signal },
      ),
    ...paging,
  });

export const backupQuery = (cluster: string, backup: string) =>
  queryOptions({
    queryKey: keys.backup(cluster, backup),
    queryFn: ({ signal }) => call(backupsApi.show, { params: { cluster, backup } }, { signal }),
  });

export const contentsQuery = (cluster: string, backup: string, prefix: string) =>
  infiniteQueryOptions({
    queryKey: [...keys.backup(cluster, backup), 'contents', prefix],
    queryFn: ({ pageParam, signal }) =>
      call(
        backupsApi.contents,
        {
          params: { cluster, backup },
          query: { prefix, limit: 200, ...given({ cursor: pageParam }) },
        },
        { signal },
      ),
    staleTime: Infinity,
    ...paging,
  });

export const objectQuery = (cluster: string, backup: string, path: string) =>
  queryOptions({
    queryKey: [...keys.backup(cluster, backup), 'object', path],
    queryFn: ({ signal }) =>
      call(backupsApi.object, { params: { cluster, backup }, query: { path } }, { signal }),
    staleTime: Infinity,
  });

export const diffQuery = (cluster: string, backup: string, to: string) =>
  infiniteQueryOptions({
    queryKey: [...keys.backup(cluster, backup), 'diff', to],
    queryFn: ({ pageParam, signal }) =>
      call(
        backupsApi.diff,
        { params: { cluster, backup }, query: { to, limit: 100, ...given({ cursor: pageParam }) } },
        { signal },
      ),
    ...paging,
  });

/** One object with every value that differs. */
export const objectDiffQuery = (
  cluster: string,
  backup: string,
  at: { to: string; path: string },
) =>
  queryOptions({
    queryKey: [...keys.backup(cluster, backup), 'diff', at.to, at.path],
    queryFn: ({ signal }) =>
      call(
        backupsApi.diff,
        { params: { cluster, backup }, query: { limit: 1, ...at } },
        { signal },
      ),
  });

/** Everything that was ever done to a backup, the newest first: making it, too. */
export const runsOfQuery = (cluster: string, backup: string) =>
  queryOptions({
    queryKey: [...keys.runs(cluster), 'of', backup],
    queryFn: ({ signal }) =>
      call(runsApi.list, { params: { cluster }, query: { backup, limit: 20 } }, { signal }),
  });

export const logQuery = (cluster: string, run: string) =>
  infiniteQueryOptions({
    queryKey: [...keys.run(cluster, run), 'log'],
    queryFn: ({ pageParam, signal }) =>
      call(
        runsApi.log,
        { params: { cluster, run }, query: { limit: 200, ...given({ cursor: pageParam }) } },
        { signal },
      ),
    ...paging,
  });
