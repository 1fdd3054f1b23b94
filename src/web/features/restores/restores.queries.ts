import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { backupsApi } from '#shared/backups/backups.contract.ts';
import {
  type ObjectOutcome,
  type PlannedAction,
  restoresApi,
} from '#shared/restores/restores.contract.ts';
import type { Result } from '#shared/http/endpoint.ts';
import { isOver, type Run } from '#shared/runs/runs.contract.ts';
import { call } from '../../lib/call.ts';
import { keys } from '../../lib/keys.ts';

const pageSize = 200;
const everySecond = 1000;
/** Endless lists: the cursor of the next page, until there is none. */
const paging = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }: { next: string | null }) => next ?? undefined,
};
const at = (cursor: string | undefined) => (cursor === undefined ? {} : { cursor });

export const restoresQuery = (cluster: string) =>
  infiniteQueryOptions({
    queryKey: [...keys.runs(cluster), 'restores'],
    queryFn: ({ pageParam, signal }) =>
      call(
        restoresApi.list,
        { params: { cluster }, query: { limit: pageSize, ...at(pageParam) } },
        { signal },
      ),
    ...paging,
  });

/** The run with the counts of what became of its objects so far. */
export const restoreQuery = (cluster: string, run: string) =>
  queryOptions({
    queryKey: keys.restore(cluster, run),
    queryFn: ({ signal }) => call(restoresApi.show, { params: { cluster, run } }, { signal }),
    // The counts of outcomes are in no live event: they are asked for while it goes on.
    refetchInterval: ({ state }) => (state.data && isOver(state.data.state) ? false : everySecond),
  });

/** `over`: what was read while it went on is read once more at the end. */
export const restoredObjectsQuery = (
  { cluster, id: run, state }: Pick<Run, 'cluster' | 'id' | 'state'>,
  outcome?: ObjectOutcome,
) =>
  infiniteQueryOptions({
    queryKey: [...keys.run(cluster, run), 'objects', outcome ?? 'all', isOver(state)],
    placeholderData: keepPreviousData,
    refetchInterval: isOver(state) ? (false as const) : 3 * everySecond,
    queryFn: ({ pageParam, signal }) =>
      call(
        restoresApi.objects,
        {
          params: { cluster, run },
          query: { limit: pageSize, ...(outcome && { outcome }), ...at(pageParam) },
        },
        { signal },
      ),
    ...paging,
  });

export const planQuery = (cluster: string, plan: string) =>
  queryOptions({
    queryKey: keys.plan(cluster, plan),
    queryFn: ({ signal }) => call(restoresApi.showPlan, { params: { cluster, plan } }, { signal }),
  });

export const plannedObjectsQuery = (cluster: string, plan: string, action?: PlannedAction) =>
  infiniteQueryOptions({
    queryKey: [...keys.plan(cluster, plan), 'objects', action ?? 'all'],
    queryFn: ({ pageParam, signal }) =>
      call(
        restoresApi.planObjects,
        {
          params: { cluster, plan },
          query: { limit: pageSize, ...(action && { action }), ...at(pageParam) },
        },
        { signal },
      ),
    ...paging,
  });

/** Computed by the server when asked: the live object may have changed since the plan. */
export const planDiffQuery = (cluster: string, plan: string, path: string) =>
  queryOptions({
    queryKey: [...keys.plan(cluster, plan), 'diff', path],
    queryFn: ({ signal }) =>
      call(restoresApi.planDiff, { params: { cluster, plan }, query: { path } }, { signal }),
  });

/** Restore points to choose from, newest first. */
export const restorePointsQuery = (cluster: string, search: string) =>
  infiniteQueryOptions({
    queryKey: [...keys.backups(cluster), 'points', search],
    queryFn: ({ pageParam, signal }) =>
      call(
        backupsApi.list,
        {
          params: { cluster },
          query: { limit: 50, ...(search !== '' && { search }), ...at(pageParam) },
        },
        { signal },
      ),
    ...paging,
  });

/** What can be chosen of a backup: its namespaces and kinds. */
export const restorePointQuery = (cluster: string, backup: string) =>
  queryOptions({
    queryKey: keys.backup(cluster, backup),
    queryFn: ({ signal }) => call(backupsApi.show, { params: { cluster, backup } }, { signal }),
  });

/** The names of the namespaces that a backup holds, for as many as this person may see. */
export const backupNamespacesQuery = (cluster: string, backup: string) =>
  queryOptions({
    queryKey: [...keys.backup(cluster, backup), 'namespaces'],
    queryFn: async ({ signal }) => {
      const names: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const found: Result<typeof backupsApi.contents> = await call(
          backupsApi.contents,
          {
            params: { cluster, backup },
            query: {
              prefix: 'resources/namespaces/cluster/',
              limit: 500,
              ...at(cursor || undefined),
            },
          },
          { signal },
        );
        names.push(...found.items.map(({ name }) => name.replace(/\.json$/, '')));
        cursor = found.next;
      }
      return names;
    },
    staleTime: Infinity,
  });
