import { randomUUID } from 'node:crypto';
import { dayLength } from '#shared/time/lengths.models.ts';
import type { Binding, Token } from '#shared/access/access.contract.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Clock } from '../../platform/clock.ts';
import { moreThanYours, tokenTaken, tokenUnknown } from './access.errors.ts';
import { toIso } from './instants.models.ts';
import { mayGrant } from '#shared/access/rights.models.ts';
import { hashOfSecret, newSecret } from './secrets.ts';
import type { StoredToken, TokensRepository } from './tokens.repository.ts';

export type TokenNeeds = { tokens: TokensRepository; clock: Clock };

export const toToken = ({ createdAt, expiresAt, lastUsedAt, ...token }: StoredToken): Token => ({
  ...token,
  createdAt: toIso(createdAt),
  expiresAt: toIso(expiresAt),
  lastUsedAt: lastUsedAt === null ? null : toIso(lastUsedAt),
});

/** The prefix `lb_` lets scanners for leaked secrets find it. Only its hash is kept. */
export async function createToken(
  { name, bindings, days }: { name: string; bindings: readonly Binding[]; days: number },
  actor: Actor,
  { tokens, clock }: TokenNeeds,
): Promise<Token & { token: string }> {
  const now = clock().epochMilliseconds;
  if (!mayGrant(actor, bindings)) throw moreThanYours();
  if (await tokens.named(name, now)) throw tokenTaken(name);
  const token = `lb_${newSecret()}`;
  const stored: StoredToken = {
    id: randomUUID(),
    name,
    createdBy: actor.session.user,
    bindings: [...bindings],
    createdAt: now,
    expiresAt: now + days * dayLength,
    lastUsedAt: null,
  };
  await tokens.add({ ...stored, hash: hashOfSecret(token) });
  return { ...toToken(stored), token };
}

export async function revokeToken(id: string, { tokens, clock }: TokenNeeds): Promise<void> {
  if (!(await tokens.revoke(id, clock().epochMilliseconds))) throw tokenUnknown();
}
