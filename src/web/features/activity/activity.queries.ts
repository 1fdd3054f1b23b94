import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { auditApi } from '#shared/audit/audit.contract.ts';
import { call } from '../../lib/call.ts';
import { keys } from '../../lib/keys.ts';

export const auditQuery = (actor: string) =>
  infiniteQueryOptions({
    queryKey: [...keys.audit, 'list', actor],
    queryFn: ({ pageParam, signal }) =>
      call(
        auditApi.list,
        { query: { limit: 100, ...(actor && { actor }), ...(pageParam && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });

/** Reads the whole chain: asked for by a button. */
export const chainQuery = queryOptions({
  queryKey: [...keys.audit, 'chain'],
  queryFn: ({ signal }) => call(auditApi.verify, {}, { signal }),
  enabled: false,
});
