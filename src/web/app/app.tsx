import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { createQueries } from '../lib/queries.ts';
import { Toaster } from '../ui/toaster.tsx';
import { SessionGate } from './frame/session-gate.tsx';
import { LiveStream } from './live-stream.tsx';
import { Providers } from './providers.tsx';
import { createPages } from './router.tsx';

/** `link`: the token of a sign-in link that the address held; null without one. */
export function App({ link }: { link: string | null }) {
  const [queries] = useState(createQueries);
  const [pages] = useState(createPages);
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
