import { infiniteQueryOptions } from '@tanstack/react-query';
import { coverageApi } from '#shared/coverage/coverage.contract.ts';
import type { CoverageFilter } from './coverage-filter.models.ts';
import { call } from '../../lib/call.ts';
import { keys } from '../../lib/keys.ts';

export const coverageQuery = (cluster: string, { state, subject, search }: CoverageFilter) =>
  infiniteQueryOptions({
    queryKey: [...keys.coverage(cluster), state ?? '', subject ?? '', search ?? ''],
    queryFn: ({ pageParam, signal }) =>
      call(
        coverageApi.list,
        {
          params: { cluster },
          query: {
            limit: 100,
            ...(state && { state }),
            ...(subject && { subject }),
            ...(search && { search }),
            ...(pageParam && { cursor: pageParam }),
          },
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });
