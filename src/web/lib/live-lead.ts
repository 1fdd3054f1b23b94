import { keepConnected } from './live-connection.ts';
import type { Frame, Live, TabMessage } from './live-state.ts';

/** The tab that holds the stream shows itself this often to the others. */
const pulseMs = 10_000;

export type Listener = {
  frames: (frames: readonly Frame[]) => void;
  state: (live: Live) => void;
  /** The stream begins without knowing what came before: what was read until now may be outdated. */
  missed: () => void;
  signedOut: () => void;
};

/** The last event that this browser has seen, whichever tab held the stream; null: none yet. */
export type Last = { id: string | null };

type Lead = {
  listener: Listener;
  tell: (message: TabMessage) => void;
  signal: AbortSignal;
  last: Last;
};

/** Holds the stream and tells the other tabs what it brings; `say` tells them how it stands. */
export function lead({ listener, tell, signal, last }: Lead): {
  say: () => void;
  ended: Promise<void>;
} {
  let live: Live = { state: 'stale', since: Date.now() };
  const say = () => tell({ type: 'state', live: live.state === 'live', since: live.since });
  const pulse = setInterval(say, pulseMs);
  const ended = keepConnected(
    { lastEventId: () => last.id, signal },
    {
      state: (open) => {
        if (open) live = { state: 'live', since: null };
        else if (live.state === 'live') live = { state: 'stale', since: Date.now() };
        listener.state(live);
        say();
        // Without an id the server cannot send what happened before this moment.
        if (!open || last.id !== null) return;
        listener.missed();
        tell({ type: 'missed' });
      },
      frames: (frames) => {
        last.id = frames.at(-1)?.id ?? last.id;
        listener.frames(frames);
        tell({ type: 'frames', frames: [...frames] });
      },
      signedOut: listener.signedOut,
    },
  ).finally(() => clearInterval(pulse));
  return { say, ended };
}
