import { type Last, lead, type Listener } from './live-lead.ts';
import { type TabMessage, tabMessage } from './live-state.ts';

const name = 'lifeboat.live';
/** When the tab that holds the stream does not show itself for so long, another one takes over… */
const lostMs = 30_000;
/** …and looks for that this often. */
const lookMs = 10_000;

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
  void takeTurns(ending.signal, tabs);
  return () => ending.abort();
}

type Tabs = { lead: (signal: AbortSignal) => Promise<void>; onLost: (take: () => void) => void };

/** Follows what the leading tab tells, until this one leads itself. */
function joinTabs(listener: Listener, signal: AbortSignal): Tabs {
  const channel = new BroadcastChannel(name);
  const tell = (message: TabMessage) => {
    if (!signal.aborted) channel.postMessage(message);
  };
  const last: Last = { id: null };
  let leads: ReturnType<typeof lead> | null = null;
  let heard = Date.now();
  let take = () => {};
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const { data: message } = tabMessage.safeParse(data);
    if (message === undefined) return;
    if (leads !== null) {
      if (message.type === 'hello') leads.say();
      return;
    }
    heard = Date.now();
    follow(message, listener, last);
  });
  tell({ type: 'hello' });
  const watch = setInterval(() => {
    if (leads !== null || Date.now() - heard < lostMs) return;
    heard = Date.now();
    take();
  }, lookMs);
  signal.addEventListener('abort', () => {
    clearInterval(watch);
    channel.close();
  });
  return {
    lead: async (until) => {
      leads = lead({ listener, tell, signal: until, last });
      await leads.ended;
      leads = null;
    },
    onLost: (act) => {
      take = act;
    },
  };
}

function follow(message: TabMessage, listener: Listener, last: Last): void {
  switch (message.type) {
    case 'state':
      return listener.state({ state: message.live ? 'live' : 'stale', since: message.since });
    case 'frames':
      last.id = message.frames.at(-1)?.id ?? last.id;
      return listener.frames(message.frames);
    case 'missed':
      return listener.missed();
    case 'hello':
      return undefined;
  }
}

/** Waits for the lock and leads while it is this tab's; one that hangs keeps it, and loses it (`steal`). */
async function takeTurns(signal: AbortSignal, tabs: Tabs): Promise<void> {
  let steal = false;
  while (!signal.aborted) {
    const turn = new AbortController();
    const until = AbortSignal.any([signal, turn.signal]);
    tabs.onLost(() => {
      steal = true;
      turn.abort();
    });
    const options = steal ? { steal } : { signal: until };
    steal = false;
    try {
      await navigator.locks.request(name, options, () => tabs.lead(until));
    } catch (error) {
      // Given up while waiting, or taken away by another tab: this one follows again.
      if (!isAbort(error)) throw error;
    }
    turn.abort();
  }
}

const isAbort = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'AbortError';
