import type { FastifyRequest } from 'fastify';
import type { Session } from '#shared/access/access.contract.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Clock } from '../../platform/clock.ts';
import type { CookieJar } from '../../platform/http/cookies.models.ts';
import { isLocalCall } from '../../platform/http/exchange.ts';
import type { Identify } from '../../platform/http/gate.ts';
import { isDiskFull } from '../../platform/problems.errors.ts';
import { toIso } from './instants.models.ts';
import { allRights, bothRights, rightsOf } from '#shared/access/rights.models.ts';
import { hashOfSecret } from './secrets.ts';
import { endOf, isOpen, localUser, seenEveryMs } from './sessions.models.ts';
import type { SessionsRepository } from './sessions.repository.ts';
import type { TokensRepository } from './tokens.repository.ts';
import type { UsersRepository } from './users.repository.ts';

type Needs = {
  users: UsersRepository;
  sessions: SessionsRepository;
  tokens: TokensRepository;
  clock: Clock;
  cookie: CookieJar;
  /** True for calls through the socket file of the data folder. */
  isLocal: (request: FastifyRequest) => boolean;
};

/**
 * Who asks: a token when one is sent, else the owner of the socket file, else the session of the cookie.
 * Rights are read anew for each call, so that what was taken away is gone with the next one.
 */
export function createIdentify(needs: Needs): Identify {
  return async (request, why = 'use') => {
    const { authorization, cookie } = request.headers;
    const touch = why === 'use';
    if (authorization !== undefined) return await byToken(needs, authorization, touch);
    if (needs.isLocal(request)) return localActor({ by: 'socket', expiresAt: null });
    const value = needs.cookie.read(cookie);
    if (value === undefined) return undefined;
    return await bySession(needs, { value, touch, loopback: isLocalCall(request) });
  };
}

async function byToken(
  { tokens, users, clock }: Needs,
  authorization: string,
  touch: boolean,
): Promise<Actor | undefined> {
  const secret = /^Bearer (lb_[\w-]{43})$/i.exec(authorization)?.[1];
  const token = secret && (await tokens.find(hashOfSecret(secret)));
  const now = clock().epochMilliseconds;
  if (!token || now >= token.expiresAt) return undefined;
  const maker = await rightsOfAccount(users, token.createdBy);
  if (!maker) return undefined;
  if (touch && now - (token.lastUsedAt ?? 0) >= seenEveryMs)
    await noted(tokens.used(token.id, now));
  const { createdBy: user, bindings, expiresAt } = token;
  return {
    name: `token:${token.name}`,
    session: { user, by: 'token', bindings, expiresAt: toIso(expiresAt) },
    ...bothRights(rightsOf(bindings), maker),
  };
}

type Presented = { value: string; touch: boolean; loopback: boolean };

async function bySession(needs: Needs, presented: Presented): Promise<Actor | undefined> {
  const session = await openSession(needs, presented);
  if (!session) return undefined;
  const { user, by } = session;
  const expiresAt = toIso(endOf(session));
  if (user !== localUser) return await byAccount(needs, { user, by, expiresAt }, presented.touch);
  // A link is for who sits at the machine; its session is of no use elsewhere.
  return presented.loopback ? localActor({ by, expiresAt }) : undefined;
}

async function openSession({ sessions, clock }: Needs, { value, touch }: Presented) {
  const hash = hashOfSecret(value);
  const session = await sessions.find(hash);
  const now = clock().epochMilliseconds;
  if (!session || !isOpen(session, now)) return undefined;
  if (!touch || now - session.seenAt < seenEveryMs) return session;
  await noted(sessions.seen(hash, now));
  return { ...session, seenAt: now };
}

async function byAccount(
  { users, clock }: Needs,
  session: Omit<Session, 'bindings'>,
  touch: boolean,
): Promise<Actor | undefined> {
  const { user: name } = session;
  const account = await users.find(name);
  if (!account || account.disabled) return undefined;
  const now = clock().epochMilliseconds;
  if (touch && now - (account.lastSeenAt ?? 0) >= seenEveryMs) await noted(users.seen(name, now));
  const { bindings } = account;
  return { name, session: { ...session, bindings }, ...rightsOf(bindings) };
}

/** When somebody was last seen is not worth a refusal: on a full disk reading goes on. */
async function noted(writing: Promise<void>): Promise<void> {
  await writing.catch((error: unknown) => {
    if (!isDiskFull(error)) throw error;
  });
}

/** Undefined for accounts that are gone or disabled: what they made has no rights either. */
async function rightsOfAccount(users: UsersRepository, name: string) {
  if (name === localUser) return rightsOf([allRights]);
  const account = await users.find(name);
  return account && !account.disabled ? rightsOf(account.bindings) : undefined;
}

export const localActor = (session: Pick<Session, 'by' | 'expiresAt'>): Actor => ({
  name: localUser,
  session: { user: localUser, bindings: [allRights], ...session },
  ...rightsOf([allRights]),
});
