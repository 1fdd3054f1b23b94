import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CookieJar } from './cookies.models.ts';
import { isLoopback } from './addresses.models.ts';

/** The little that a few handlers need of the exchange itself; most never look at it. */
export type Exchange = {
  /** The peer's address; behind a trusted proxy its client's. */
  address: string;
  /** True when the call comes from this machine and nothing says that it was passed on. */
  loopback: boolean;
  /** The value of the session cookie, if one was sent. */
  session: string | undefined;
  /** Hands the browser its session; the trail names this person from here on. */
  startSession: (session: { user: string; secret: string; expiresAt: number }) => void;
  endSession: () => void;
  /** Set by `startSession`. */
  user: string | undefined;
};

type Parts = { request: FastifyRequest; reply: FastifyReply; cookie: CookieJar };

export function exchangeOf({ request, reply, cookie }: Parts): Exchange {
  const exchange: Exchange = {
    address: addressOf(request),
    loopback: isLocalCall(request),
    session: cookie.read(request.headers.cookie),
    user: undefined,
    startSession: ({ user, secret, expiresAt }) => {
      exchange.user = user;
      reply.header('set-cookie', cookie.write(secret, expiresAt));
    },
    endSession: () => void reply.header('set-cookie', cookie.clear()),
  };
  return exchange;
}

/** Calls through the socket file have no address, whatever the framework's types say. */
export const addressOf = ({ ip }: { ip: string | undefined }): string => ip ?? 'socket';

/** A proxy on this machine that nobody declared makes everyone look local: its header gives it away. */
export function isLocalCall(request: FastifyRequest): boolean {
  const { headers, socket } = request;
  const passedOn = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
  return !passedOn && isLoopback(addressOf(request)) && isLoopback(socket.remoteAddress ?? '');
}
