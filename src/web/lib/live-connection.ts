import { problemIn } from './call.ts';
import type { Frame } from './live-state.ts';
import { readStream } from './live-stream.ts';

export type ConnectionEvents = {
  state: (live: boolean) => void;
  frames: (frames: readonly Frame[]) => void;
  /** The server says that nobody is signed in. */
  signedOut: () => void;
};

/** The server says every 15 s that it is still there; twice unheard is gone. */
const silenceMs = 35_000;
const beatMs = 5_000;
const shortestPauseMs = 500;
const longestPauseMs = 15_000;

type Options = { lastEventId: () => string | null; signal: AbortSignal };

/**
 * Keeps the stream open until `signal` says otherwise: comes back after an end, a silence, a sleep of
 * the machine or a lost network, at first at once, then ever more slowly, with jitter.
 */
export async function keepConnected(
  { lastEventId, signal }: Options,
  events: ConnectionEvents,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const watch = watchOver(signal);
    try {
      await readStream(
        { lastEventId: lastEventId(), signal: watch.signal },
        {
          open: () => {
            failures = 0;
            watch.heard();
            events.state(true);
          },
          alive: watch.heard,
          frames: events.frames,
        },
      );
    } catch (error) {
      if (problemIn(error)?.status === 401) events.signedOut();
    } finally {
      watch.end();
    }
    if (signal.aborted) return;
    events.state(false);
    failures += 1;
    await pause(pauseAfter(failures), signal);
  }
}

const pauseAfter = (failures: number): number =>
  Math.min(longestPauseMs, shortestPauseMs * 2 ** (failures - 1)) * (0.75 + Math.random() / 2);

/** Ends the attempt after a silence, after the machine slept, or when the network went away. */
function watchOver(outer: AbortSignal) {
  const inner = new AbortController();
  let last = Date.now();
  let beat = last;
  const check = setInterval(() => {
    const now = Date.now();
    // A timer that comes far too late was asleep: so was the connection.
    if (now - beat > beatMs * 3 || now - last > silenceMs) inner.abort();
    beat = now;
  }, beatMs);
  const lost = () => inner.abort();
  window.addEventListener('offline', lost);
  return {
    signal: AbortSignal.any([outer, inner.signal]),
    heard: () => {
      last = Date.now();
    },
    end: () => {
      clearInterval(check);
      window.removeEventListener('offline', lost);
      inner.abort();
    },
  };
}

/** Waits, but no longer than until the network or the person is back. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = new AbortController();
    const done = () => {
      clearTimeout(timer);
      over.abort();
      resolve();
    };
    const timer = setTimeout(done, ms);
    const once = { once: true, signal: over.signal };
    window.addEventListener('online', done, once);
    document.addEventListener('visibilitychange', done, once);
    signal.addEventListener('abort', done, once);
  });
}
