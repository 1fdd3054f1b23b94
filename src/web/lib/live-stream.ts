import { liveApi } from '#shared/live/live.contract.ts';
import { CallError, problemOf } from './call.ts';
import { type Frame, framesIn } from './live-state.ts';

export type StreamEvents = {
  /** The server answers: what was missed follows. */
  open: () => void;
  /** Something arrived, if only a sign of life. */
  alive: () => void;
  frames: (frames: readonly Frame[]) => void;
};

type Opening = { lastEventId: string | null; signal: AbortSignal };

/**
 * Reads the live stream until it ends. Not EventSource: that one hides the server's refusals (a session
 * that ended, too many streams) and its signs of life, without which a dead connection looks like a
 * quiet one. Throws `CallError` when refused, `TypeError` when the connection breaks.
 */
export async function readStream(
  { lastEventId, signal }: Opening,
  events: StreamEvents,
): Promise<void> {
  const response = await fetch(liveApi.stream.path, {
    headers: {
      accept: 'text/event-stream',
      ...(lastEventId === null ? {} : { 'last-event-id': lastEventId }),
    },
    cache: 'no-store',
    signal,
  });
  if (!response.ok || response.body === null) throw new CallError(await problemOf(response));
  events.open();
  await readFrames(response.body, events);
}

async function readFrames(body: ReadableStream<Uint8Array>, events: StreamEvents): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    events.alive();
    const { frames, rest } = framesIn(text + decoder.decode(value, { stream: true }));
    text = rest;
    if (frames.length > 0) events.frames(frames);
  }
}
