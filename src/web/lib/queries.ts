import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { problemIn } from './call.ts';
import { keys } from './keys.ts';

const retries = 2;

/**
 * Live events keep the cache fresh; what was read is therefore good until one of them says otherwise.
 * A 401 anywhere ends the session on the page, a 403 makes the page ask again what this person may do.
 */
export function createQueries(): QueryClient {
  const watchRights = (error: unknown) => {
    const status = problemIn(error)?.status;
    if (status === 401 && queries.getQueryData(keys.session))
      queries.setQueryData(keys.sessionEnded, true);
    if (status === 403) void queries.invalidateQueries({ queryKey: keys.session });
  };
  const queries: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: watchRights }),
    mutationCache: new MutationCache({ onError: watchRights }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: 5 * 60_000,
        retry: (failures, error) => failures < retries && isPassing(error),
        refetchOnWindowFocus: false,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  return queries;
}

/** No answer at all, or one that says the server is busy: asking again may help. */
const isPassing = (error: unknown): boolean => {
  const problem = problemIn(error);
  return problem === null || problem.status === 429 || problem.status >= 502;
};
