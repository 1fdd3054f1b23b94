import { type QueryClient, type QueryKey, queryOptions, useQuery } from '@tanstack/react-query';
import { createContext, use, useMemo } from 'react';
import { type Session, sessionApi } from '#shared/access/access.contract.ts';
import type { Permission } from '#shared/access/permissions.models.ts';
import { rightsOf } from '#shared/access/rights.models.ts';
import { call, problemIn } from './call.ts';
import { keys } from './keys.ts';
import { reasonFor } from './session.models.ts';

/**
 * Who is signed in; null: nobody was yet. A session that was there and is not any more is an error
 * instead: the page keeps what it shows, and asks to sign in again in place.
 */
export const sessionQuery = queryOptions<Session | null>({
  queryKey: keys.session,
  queryFn: async ({ signal, client }) => {
    try {
      return admit(client, await call(sessionApi.show, {}, { signal }));
    } catch (error) {
      if (problemIn(error)?.status === 401 && !client.getQueryData(keys.session)) return null;
      throw error;
    }
  },
  staleTime: Infinity,
});

/** Lets somebody in, in place of who was there: what another person read is forgotten. */
export function admit(queries: QueryClient, session: Session): Session {
  const known = queries.getQueryData<Session | null>(keys.session);
  queries.setQueryData(keys.session, session);
  queries.setQueryData(keys.sessionEnded, false);
  if (known && known.user !== session.user)
    void queries.resetQueries({ predicate: ({ queryKey }) => !isOfSession(queryKey) });
  return session;
}

const ofSession: readonly unknown[] = [keys.session[0], keys.sessionEnded[0], keys.signInLink[0]];
const isOfSession = ([first]: QueryKey): boolean => ofSession.includes(first);

/** Set by the frame around everything that needs somebody signed in. */
export const SessionContext = createContext<Session | null>(null);

/** Who looks at this page. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (session === null) throw new Error('This part stands outside of the signed-in page.');
  return session;
}

/** True once the server said that the session is over; what is on screen stays. */
export function useSessionEnded(): boolean {
  const { data } = useQuery({
    queryKey: keys.sessionEnded,
    queryFn: () => false,
    enabled: false,
    initialData: false,
  });
  return data;
}

export type May = { may: boolean; reason: string | null };

/**
 * What this person may do, by the server's own rule. `namespaces`: all of them must be theirs; left
 * out: anywhere in the cluster is enough. `cluster: '*'`: the installation itself.
 */
export function useMay(
  permission: Permission,
  { cluster, namespaces }: { cluster: string; namespaces?: readonly string[] | 'all' },
): May {
  const { bindings } = useSession();
  const rights = useMemo(() => rightsOf(bindings), [bindings]);
  if (rights.may(permission, { cluster, namespaces: namespaces ?? 'some' }))
    return { may: true, reason: null };
  return {
    may: false,
    reason: reasonFor(permission, { cluster, namespaces: namespaces ?? 'some' }),
  };
}
