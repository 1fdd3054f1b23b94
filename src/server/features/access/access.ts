import type { FastifyRequest } from 'fastify';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/database/database.ts';
import type { CookieJar } from '../../platform/http/cookies.models.ts';
import type { Identify } from '../../platform/http/gate.ts';
import { createTurns } from '../../platform/in-turn.ts';
import type { AccessNeeds } from './access.routes.ts';
import { createIdentify } from './identify.ts';
import { createPasswords } from './passwords.ts';
import { createSessionsRepository } from './sessions.repository.ts';
import { makeLink } from './sign-in.usecases.ts';
import { createSignInRepository } from './sign-in.repository.ts';
import { createTokensRepository } from './tokens.repository.ts';
import { createUsersRepository } from './users.repository.ts';

type Given = {
  db: Db;
  clock: Clock;
  cookie: CookieJar;
  /** True for calls through the socket file of the data folder. */
  isLocal: (request: FastifyRequest) => boolean;
  /** Where people open Lifeboat in their browser, without a slash at the end. */
  baseUrl: () => string;
};

export type Access = {
  identify: Identify;
  /** For `registerAccess`. */
  needs: AccessNeeds;
  /** The link that a start prints. */
  link: () => Promise<{ url: string; expiresAt: string }>;
};

/** Everything about who people are, on one database. */
export function createAccess({ db, clock, cookie, isLocal, baseUrl }: Given): Access {
  const needs: AccessNeeds = {
    users: createUsersRepository(db),
    sessions: createSessionsRepository(db),
    tokens: createTokensRepository(db),
    signIns: createSignInRepository(db),
    passwords: createPasswords(),
    inTurn: createTurns(),
    clock,
    baseUrl,
  };
  return {
    identify: createIdentify({ ...needs, cookie, isLocal }),
    needs,
    link: () => makeLink(needs),
  };
}
