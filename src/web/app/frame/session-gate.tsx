import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { sessionApi } from '#shared/access/access.contract.ts';
import { SignIn } from '../../features/access/sign-in.tsx';
import { call, sentence } from '../../lib/call.ts';
import { keys } from '../../lib/keys.ts';
import { admit, SessionContext, sessionQuery, useSessionEnded } from '../../lib/session.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBox } from '../../ui/error-box.tsx';
import { Loading } from '../../ui/loading.tsx';
import styles from './frame.module.css';

type Props = {
  /** The token of a sign-in link; null: none was in the address. */
  link: string | null;
  children: ReactNode;
};

/** While signed out, how often it looks whether somebody signed in elsewhere in this browser. */
const lookMs = 5000;

/** Lets in who is signed in. A session that ends later is begun anew above the page, which stays. */
export function SessionGate({ link, children }: Props) {
  const linked = useLink(link);
  const ended = useSessionEnded();
  const session = useQuery({
    ...sessionQuery,
    enabled: !linked.isPending,
    // A link opened in another tab lets this one in, too.
    refetchInterval: ended ? lookMs : false,
  });
  if (session.data)
    return (
      <SessionContext value={session.data}>
        {children}
        <Dialog above opened={ended} onClose={() => undefined} title="Your session has ended">
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

/** What the server said against the link; null: it let them in. */
async function enter(queries: QueryClient, link: string): Promise<{ refused: Error | null }> {
  try {
    admit(queries, await call(sessionApi.signIn, { body: { link } }));
    return { refused: null };
  } catch (error) {
    return { refused: asError(error) };
  }
}

const asError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(String(thrown));

/** Signs in by the link, once. */
function useLink(link: string | null) {
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: keys.signInLink,
    queryFn: () => enter(queries, link ?? ''),
    enabled: link !== null,
    // A link works once: reading everything again must not use it again.
    staleTime: 'static',
    gcTime: Infinity,
  });
  return { isPending: link !== null && query.isPending, error: query.data?.refused ?? null };
}
