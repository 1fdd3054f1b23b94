import { keepConnected } from './live-connection.ts';
import { type Frame, type Live, type TabMessage, tabMessage } from './live-state.ts';

const name = 'lifeboat.live';
/** The tab that holds the stream shows itself this often… */
const pulseMs = 10_000;
/** …and when it does not for so long, another one takes over. */
const lostMs = 30_000;

export type Listener = {
  frames: (frames: readonly Frame[]) => void;
  state: (live: Live) => void;
  signedOut: () => void;
};

/**
 * One stream for all tabs of a browser: HTTP/1.1 allows six connections in all. The tab that gets the
 * lock holds it and tells the others. Where locks or channels are missing (plain HTTP, old browsers),
 * each tab has a stream of its own. Returns what ends it.
 */
export function shareStream(listener: Listener): () => void {
  const ending = new AbortController();
  if (!('locks' in navigator) || !('BroadcastChannel' in globalThis)) {
    void lead({ listener, tell: () => undefined, signal: ending.signal, last: { id: null } });
    return () => ending.abort();
  }
  const tabs = joinTabs(listener, ending.signal);
  void holdLock(ending.signal, false, tabs);
  return () => ending.abort();
}

type Lead = {
  listener: Listener;
  tell: (message: TabMessage) => void;
  signal: AbortSignal;
  /** The last event that this browser has seen, whichever tab held the stream. */
  last: { id: string | null };
};

async function lead({ listener, tell, signal, last }: Lead): Promise<void> {
  let live: Live = { state: 'stale', since: Date.now() };
  const say = () => {
    listener.state(live);
    tell({ type: 'state', live: live.state === 'live', since: live.since });
  };
  const pulse = setInterval(say, pulseMs);
  await keepConnected(
    { lastEventId: () => last.id, signal },
    {
      state: (open) => {
        if (open) live = { state: 'live', since: null };
        else if (live.state === 'live') live = { state: 'stale', since: Date.now() };
        say();
      },
      frames: (frames) => {
        last.id = frames.at(-1)?.id ?? last.id;
        listener.frames(frames);
        tell({ type: 'frames', frames: [...frames] });
      },
      signedOut: listener.signedOut,
    },
  );
  clearInterval(pulse);
}

type Tabs = { lead: (signal: AbortSignal) => Promise<void>; onLost: (take: () => void) => void };

/** Follows what the leading tab tells, until this one leads itself. */
function joinTabs(listener: Listener, signal: AbortSignal): Tabs {
  const channel = new BroadcastChannel(name);
  const last: Lead['last'] = { id: null };
  let leading = false;
  let heard = Date.now();
  let take = () => {};
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const { data: message } = tabMessage.safeParse(data);
    if (message === undefined || leading) return;
    heard = Date.now();
    if (message.type === 'state')
      listener.state({ state: message.live ? 'live' : 'stale', since: message.since });
    if (message.type !== 'frames') return;
    last.id = message.frames.at(-1)?.id ?? last.id;
    listener.frames(message.frames);
  });
  const watch = setInterval(() => {
    if (leading || Date.now() - heard < lostMs) return;
    heard = Date.now();
    take();
  }, pulseMs);
  signal.addEventListener('abort', () => {
    clearInterval(watch);
    channel.close();
  });
  const tell = (message: TabMessage) => {
    if (!signal.aborted) channel.postMessage(message);
  };
  return {
    lead: async (until) => {
      leading = true;
      await lead({ listener, tell, signal: until, last });
      leading = false;
    },
    onLost: (act) => {
      take = act;
    },
  };
}

/** A tab that hangs keeps its lock: after a while another one takes it away (`steal`). */
async function holdLock(signal: AbortSignal, steal: boolean, tabs: Tabs): Promise<void> {
  const mine = new AbortController();
  const until = AbortSignal.any([signal, mine.signal]);
  tabs.onLost(() => void holdLock(signal, true, tabs));
  try {
    await navigator.locks.request(name, steal ? { steal } : { signal }, () => tabs.lead(until));
  } catch (error) {
    // Given up while waiting, or taken away by another tab: this one follows again.
    mine.abort();
    if (!signal.aborted && !isAbort(error)) throw error;
    if (!signal.aborted) await holdLock(signal, false, tabs);
  }
}

const isAbort = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'AbortError';
