import { queryOptions } from '@tanstack/react-query';
import { queueApi } from '#shared/schedules/queue.contract.ts';
import { call } from '../../lib/call.ts';
import { keys } from '../../lib/keys.ts';

export const queueQuery = (cluster: string) =>
  queryOptions({
    queryKey: keys.queue(cluster),
    queryFn: ({ signal }) => call(queueApi.show, { params: { cluster } }, { signal }),
  });
