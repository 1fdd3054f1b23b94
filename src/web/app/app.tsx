import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { clustersQuery } from '../lib/cluster.ts';
import { createQueries } from '../lib/queries.ts';
import { sessionQuery } from '../lib/session.ts';
import { Toaster } from '../ui/toaster.tsx';
import { SessionGate } from './frame/session-gate.tsx';
import { LiveStream } from './live-stream.tsx';
import { Providers } from './providers.tsx';
import { createPages } from './router.tsx';

/** The scripts of the page are on their way while the session is still asked for. */
function openedPages() {
  const pages = createPages();
  void pages.load();
  return pages;
}

/** What every page needs is asked for at once; a link has to sign in first. */
function startedQueries(link: string | null) {
  const queries = createQueries();
  if (link !== null) return queries;
  void queries.prefetchQuery(sessionQuery);
  void queries.prefetchQuery(clustersQuery);
  return queries;
}

/** `link`: the token of a sign-in link that the address held; null without one. */
export function App({ link }: { link: string | null }) {
  const [queries] = useState(() => startedQueries(link));
  const [pages] = useState(openedPages);
  return (
    <Providers queries={queries}>
      <SessionGate link={link}>
        <LiveStream>
          <RouterProvider router={pages} />
        </LiveStream>
      </SessionGate>
      <Toaster />
    </Providers>
  );
}
