import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import type { Run } from '#shared/runs/runs.contract.ts';
import { keys } from '../lib/keys.ts';
import { createApply } from '../lib/live-apply.ts';
import { shareStream } from '../lib/live-share.ts';
import type { Live } from '../lib/live-state.ts';
import { LiveContext } from '../lib/live.ts';
import { useSessionEnded } from '../lib/session.ts';
import { sayEnded } from './say-ended.ts';

/** Keeps what is on screen up to date for as long as somebody is signed in. */
export function LiveStream({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const ended = useSessionEnded();
  const [live, setLive] = useState<Live>({ state: 'connecting', since: null });
  useEffect(() => {
    if (ended) return undefined;
    const apply = createApply(queries, (runs: readonly Run[]) => sayEnded(runs));
    return shareStream({
      frames: apply.frames,
      missed: apply.everything,
      state: (next) =>
        setLive((known) =>
          known.state === next.state && known.since === next.since ? known : next,
        ),
      signedOut: () => queries.setQueryData(keys.sessionEnded, true),
    });
  }, [queries, ended]);
  return <LiveContext value={live}>{children}</LiveContext>;
}
