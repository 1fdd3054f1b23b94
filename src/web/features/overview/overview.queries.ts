import { queryOptions } from '@tanstack/react-query';
import { overviewApi } from '#shared/overview/overview.contract.ts';
import { call } from '../../lib/call.ts';
import { keys } from '../../lib/keys.ts';

const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
/** Ages and what is overdue change by themselves; what happens comes by live events. */
const everyMinute = 60_000;

export const overviewQuery = (cluster: string) =>
  queryOptions({
    queryKey: keys.overview(cluster),
    queryFn: ({ signal }) =>
      call(overviewApi.show, { params: { cluster }, query: { zone: zone() } }, { signal }),
    refetchInterval: everyMinute,
  });

/** Counted by the server when asked; while it counts we ask again. */
export const changesQuery = (cluster: string) =>
  queryOptions({
    queryKey: [...keys.overview(cluster), 'changes'],
    queryFn: ({ signal }) => call(overviewApi.changes, { params: { cluster } }, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'counting' ? 2000 : everyMinute),
  });
