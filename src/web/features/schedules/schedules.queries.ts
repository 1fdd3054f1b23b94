import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ScheduleSpec } from '#shared/schedules/schedule.contract.ts';
import { schedulesApi } from '#shared/schedules/schedules.contract.ts';
import { call } from '../../lib/call.ts';
import { keys } from '../../lib/keys.ts';
import type { SchedulesFilter } from './schedules-filter.models.ts';

const paging = {
  initialPageParam: '',
  getNextPageParam: ({ next }: { next: string | null }) => next ?? undefined,
};

export const schedulesQuery = (cluster: string, { state, search }: SchedulesFilter) =>
  infiniteQueryOptions({
    queryKey: [...keys.schedules(cluster), 'list', state, search],
    queryFn: ({ pageParam, signal }) =>
      call(
        schedulesApi.list,
        {
          params: { cluster },
          query: {
            limit: 100,
            ...(state && { state }),
            ...(search && { search }),
            ...(pageParam && { cursor: pageParam }),
          },
        },
        { signal },
      ),
    ...paging,
  });

export const scheduleQuery = (cluster: string, schedule: string) =>
  queryOptions({
    queryKey: keys.schedule(cluster, schedule),
    queryFn: ({ signal }) => call(schedulesApi.show, { params: { cluster, schedule } }, { signal }),
  });

const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The last 30 days of at most 100 schedules. */
export const daysQuery = (cluster: string, names: readonly string[]) =>
  queryOptions({
    queryKey: [...keys.schedules(cluster), 'days', names.join(',')],
    queryFn: ({ signal }) =>
      call(
        schedulesApi.days,
        { params: { cluster }, query: { names: names.join(','), zone: zoneHere() } },
        { signal },
      ),
    enabled: names.length > 0,
    staleTime: 60_000,
  });

export const slotsQuery = (cluster: string, schedule: string) =>
  infiniteQueryOptions({
    queryKey: [...keys.schedule(cluster, schedule), 'slots'],
    queryFn: ({ pageParam, signal }) =>
      call(
        schedulesApi.slots,
        {
          params: { cluster, schedule },
          query: { limit: 100, ...(pageParam && { cursor: pageParam }) },
        },
        { signal },
      ),
    ...paging,
  });

export const retentionQuery = (cluster: string, schedule: string) =>
  queryOptions({
    queryKey: [...keys.schedule(cluster, schedule), 'retention'],
    queryFn: ({ signal }) =>
      call(schedulesApi.retention, { params: { cluster, schedule } }, { signal }),
  });

export const calendarQuery = (cluster: string, hours: number) =>
  queryOptions({
    queryKey: [...keys.schedules(cluster), 'calendar', hours],
    queryFn: ({ signal }) =>
      call(schedulesApi.calendar, { params: { cluster }, query: { hours } }, { signal }),
    staleTime: 60_000,
  });

/** What it would do as it is written now; the answer before stays until the next one is there. */
export const previewQuery = (
  cluster: string,
  name: string | undefined,
  given: { spec: ScheduleSpec; replaces: readonly string[] },
) =>
  queryOptions({
    queryKey: [...keys.schedules(cluster), 'preview', name, JSON.stringify(given)],
    queryFn: ({ signal }) => {
      const body = { ...given.spec, replaces: [...given.replaces], ...(name && { name }) };
      return call(schedulesApi.preview, { params: { cluster }, body }, { signal });
    },
    placeholderData: keepPreviousData,
    retry: false,
  });
