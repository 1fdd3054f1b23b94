import type { Dispatcher } from 'undici';
import type { Connection, ConnectionSource, Credentials } from './connection.types.ts';
import { createDispatcher, isLoopback, transportKey } from './dispatcher.ts';
import { noCredentials } from './failures.ts';
import type { Timing } from './timing.models.ts';

/** A connection in use: its sockets and what goes with every request. */
export type Session = {
  connection: Connection;
  dispatcher: Dispatcher;
  origin: string;
  /** Path of the server's address, for API servers behind a prefix. */
  prefix: string;
  authorization: string | undefined;
  /** Whether answers are asked for compressed. */
  gzip: boolean;
};

export type Link = {
  /** Asks the source first when there is no connection yet or its credentials have expired. */
  current: () => Promise<Session>;
  /** After a 401: credentials anew, asked for once however many requests were refused together. */
  renew: (refused: Session) => Promise<Session>;
  close: () => Promise<void>;
};

export function createLink(given: {
  server: string;
  source: ConnectionSource;
  now: () => number;
  timing: Timing;
}): Link {
  let session: Session | undefined;
  let asking: Promise<Session> | undefined;
  const open = new Set<Dispatcher>();

  const ask = (refused?: Credentials) => {
    asking ??= connect(refused).finally(() => (asking = undefined));
    return asking;
  };
  const connect = async (refused: Credentials | undefined) => {
    const connection = await given.source(refused).catch((error: unknown) => {
      throw noCredentials(given.server, error);
    });
    const before = session;
    const shared = before && transportKey(before.connection) === transportKey(connection);
    session = sessionOf(connection, shared ? before.dispatcher : started(connection));
    if (before && !shared) retire(before.dispatcher);
    return session;
  };
  const started = (connection: Connection) => {
    const dispatcher = createDispatcher(connection, given.timing);
    open.add(dispatcher);
    return dispatcher;
  };
  /** Requests on their way end as they would have; `close` of the whole link may come first. */
  const retire = (dispatcher: Dispatcher) => {
    const forget = () => void open.delete(dispatcher);
    dispatcher.close().then(forget, forget);
  };

  return {
    current: async () => (session && !expired(session, given.now()) ? session : ask()),
    renew: async (refused) =>
      session && session !== refused ? session : ask(refused.connection.credentials),
    close: async () => {
      await Promise.all([...open].map((dispatcher) => dispatcher.destroy()));
      open.clear();
    },
  };
}

const expired = ({ connection }: Session, now: number) =>
  now >= (connection.credentials.expiresAt ?? Number.POSITIVE_INFINITY);

function sessionOf(connection: Connection, dispatcher: Dispatcher): Session {
  const { origin, pathname } = new URL(connection.server);
  return {
    connection,
    dispatcher,
    origin,
    prefix: pathname.replace(/\/$/, ''),
    authorization: authorization(connection.credentials),
    gzip: !isLoopback(connection.server),
  };
}

function authorization({ token, username, password }: Credentials): string | undefined {
  if (token !== undefined) return `Bearer ${token}`;
  if (username === undefined) return undefined;
  return `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString('base64')}`;
}
