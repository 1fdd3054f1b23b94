import type { FastifyRequest } from 'fastify';
import type { Lookup } from '#shared/http/endpoint.ts';
import type { Actor } from '../actor.ts';
import type { Audit } from '../audit.types.ts';
import type { Log } from '../log.ts';
import type { Reserve } from '../reserve.ts';
import type { CookieJar } from './cookies.models.ts';
import type { Idempotency } from './idempotency.ts';

/**
 * Who is asking, from socket, token or session cookie; undefined when nobody is signed in.
 * `check` looks again without counting as use: an open stream alone keeps no session alive.
 */
export type Identify = (
  request: FastifyRequest,
  why?: 'use' | 'check',
) => Promise<Actor | undefined>;

/** What every call passes on its way in and out. */
export type Gate = {
  identify: Identify;
  audit: Audit;
  lookup: Lookup;
  idempotency: Idempotency;
  cookie: CookieJar;
  reserve: Pick<Reserve, 'giveUpIfLow' | 'leaveUntouched'>;
  log: Log;
};
