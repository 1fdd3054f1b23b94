import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { sessionApi } from '#shared/access/access.contract.ts';
import { SignIn } from '../../features/access/sign-in.tsx';
import { call, sentence } from '../../lib/call.ts';
import { keys } from '../../lib/keys.ts';
import { SessionContext, sessionQuery, useSessionEnded } from '../../lib/session.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBox } from '../../ui/error-box.tsx';
import { Loading } from '../../ui/loading.tsx';
import styles from './frame.module.css';

type Props = {
  /** The token of a sign-in link; null: none was in the address. */
  link: string | null;
  children: ReactNode;
};

/** Lets in who is signed in. A session that ends later is begun anew above the page, which stays. */
export function SessionGate({ link, children }: Props) {
  const linked = useLink(link);
  const session = useQuery({ ...sessionQuery, enabled: !linked.isPending });
  const ended = useSessionEnded();
  if (session.data)
    return (
      <SessionContext value={session.data}>
        {children}
        <Dialog opened={ended} onClose={() => undefined} title="Your session has ended">
          <SignIn why="What is on the page stays; sign in to go on." />
        </Dialog>
      </SessionContext>
    );
  return (
    <main className={styles['alone']}>
      {session.data === null && <SignIn why={linked.error ? sentence(linked.error) : undefined} />}
      {session.data === undefined && session.error && (
        <ErrorBox error={session.error} onRetry={() => void session.refetch()} />
      )}
      {session.data === undefined && !session.error && <Loading waitsFor="the server" rows={4} />}
    </main>
  );
}

/** Signs in by the link, once. */
function useLink(link: string | null) {
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: ['sign-in-link'],
    queryFn: async () => {
      const session = await call(sessionApi.signIn, { body: { link: link ?? '' } });
      queries.setQueryData(keys.session, session);
      return true;
    },
    enabled: link !== null,
    retry: false,
    staleTime: Infinity,
    gcTime: Infinity,
  });
  return { isPending: link !== null && query.isPending, error: query.error };
}
