import type { Actor } from '../actor.ts';
import type { EventStream } from './events.ts';
import { type Encoded, partFor } from './live-ring.models.ts';

export type Reader = {
  name: string;
  /** Sends what of the event this person may know. */
  offer: (event: Encoded) => void;
  write: (buffer: Buffer) => void;
  /** Ends the stream when the person may no longer read it; takes over changed rights. */
  recheck: () => Promise<void>;
  end: () => void;
};

type Given = { actor: Actor; stream: EventStream; onEnd: () => void };

/** Unread bytes after which a reader is dropped; it comes back and catches up by its last event id. */
const mostUnread = 256 * 1024;

/**
 * Writes to the bare socket: no chunked encoding, the answer ends with the connection. One buffer is
 * shared by all who read the same, and nothing is copied or framed per reader.
 */
export function openReader({ actor, stream, onEnd }: Given): Reader {
  const { response, headers, again } = stream;
  const socket = begin(response, headers);
  let rights = cached(actor);

  const end = () => {
    onEnd();
    socket?.destroy();
  };
  const write = (buffer: Buffer) => {
    if (!socket || socket.destroyed) return end();
    if (socket.writableLength > mostUnread) return end();
    socket.write(buffer);
  };
  response.once('close', onEnd);

  return {
    name: actor.name,
    write,
    end,
    offer: (event) => {
      const part = partFor(event, rights);
      if (part) write(part);
    },
    recheck: async () => {
      const now = await again();
      if (!now) return end();
      rights = cached(now);
    },
  };
}

function begin(response: EventStream['response'], headers: EventStream['headers']) {
  response.useChunkedEncodingByDefault = false;
  response.writeHead(200, {
    ...headers,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    connection: 'close',
  });
  response.flushHeaders();
  response.socket?.setNoDelay(true);
  response.socket?.write(': open\n\n');
  return response.socket;
}

/** Asked for every event; the answer changes only with the rights. */
function cached({ namespacesWith }: Actor): Actor['namespacesWith'] {
  const known = new Map<string, readonly string[] | 'all'>();
  return (permission, cluster) => {
    const key = `${permission} ${cluster}`;
    const found = known.get(key) ?? namespacesWith(permission, cluster);
    known.set(key, found);
    return found;
  };
}
