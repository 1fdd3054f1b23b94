import { queryOptions } from '@tanstack/react-query';
import { tokensApi, usersApi } from '#shared/access/access.contract.ts';
import { healthApi } from '#shared/health/health.contract.ts';
import { call } from '../../lib/call.ts';
import { keys } from '../../lib/keys.ts';

export const usersQuery = queryOptions({
  queryKey: keys.users,
  queryFn: ({ signal }) => call(usersApi.list, { query: { limit: 500 } }, { signal }),
});

export const tokensQuery = queryOptions({
  queryKey: keys.tokens,
  queryFn: ({ signal }) => call(tokensApi.list, { query: { limit: 500 } }, { signal }),
});

export const healthQuery = queryOptions({
  queryKey: keys.health,
  queryFn: ({ signal }) => call(healthApi.show, {}, { signal }),
  refetchInterval: 30_000,
});
