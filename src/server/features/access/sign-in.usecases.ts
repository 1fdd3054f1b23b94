import type { Session } from '#shared/access/access.contract.ts';
import type { Clock } from '../../platform/clock.ts';
import type { createTurns } from '../../platform/in-turn.ts';
import { linkRefused, signInRefused, tooManySignIns } from './access.errors.ts';
import { localActor } from './identify.ts';
import { toIso } from './instants.models.ts';
import type { Passwords } from './passwords.ts';
import { hashOfSecret, newSecret } from './secrets.ts';
import { absoluteMs, endOf, idleMs, linkMs, localUser } from './sessions.models.ts';
import type { SessionsRepository } from './sessions.repository.ts';
import type { SignInRepository } from './sign-in.repository.ts';
import type { UsersRepository } from './users.repository.ts';

export type SignInNeeds = {
  users: UsersRepository;
  sessions: SessionsRepository;
  signIns: SignInRepository;
  passwords: Passwords;
  /** Counting tries must not be interleaved. */
  inTurn: ReturnType<typeof createTurns>;
  clock: Clock;
  /** Where people open Lifeboat in their browser, without a slash at the end. */
  baseUrl: () => string;
};

/** `secret`: for the cookie; `expiresAt`: its absolute end, in milliseconds since 1970. */
export type SignedIn = { session: Session; secret: string; expiresAt: number };

const minute = 60_000;
const triesPerAccount = 5;
const triesPerAddress = 20;

/** A link for the local administrator: single use, 10 minutes, the token where no server log sees it. */
export async function makeLink({
  signIns,
  clock,
  baseUrl,
}: Pick<SignInNeeds, 'signIns' | 'clock' | 'baseUrl'>) {
  const secret = newSecret();
  const expiresAt = clock().epochMilliseconds + linkMs;
  await signIns.addLink(hashOfSecret(secret), expiresAt);
  return { url: `${baseUrl()}/#link=${secret}`, expiresAt: toIso(expiresAt) };
}

export async function signInByLink(
  { link, loopback }: { link: string; loopback: boolean },
  needs: SignInNeeds,
): Promise<SignedIn> {
  const now = needs.clock().epochMilliseconds;
  if (!loopback || !(await needs.signIns.useLink(hashOfSecret(link), now))) throw linkRefused();
  const actor = localActor({ by: 'link', expiresAt: null });
  return await startSession(
    { user: localUser, by: 'link', bindings: actor.session.bindings },
    needs,
  );
}

/**
 * At most 5 tries a minute for each name, real or not, and 20 for each address. A try counts before the
 * password is looked at, so that many at once are counted too.
 */
export async function signInByPassword(
  { user, password, address }: { user: string; password: string; address: string },
  needs: SignInNeeds,
): Promise<SignedIn> {
  // Hashed: people type passwords into the wrong field.
  const name = `name:${hashOfSecret(user)}`;
  await countTry({ [name]: triesPerAccount, [`address:${address}`]: triesPerAddress }, needs);
  const account = await needs.users.find(user);
  const matches = await needs.passwords.matches(account?.passwordHash, password);
  if (!account || !matches || account.disabled) throw signInRefused();
  await needs.signIns.forgetTries(name);
  return await startSession({ user, by: 'password', bindings: account.bindings }, needs);
}

/** A try that is refused here does not count: who waits gets in. One at a time, so that none slips by. */
function countTry(limits: Record<string, number>, { signIns, clock, inTurn }: SignInNeeds) {
  return inTurn(async () => {
    const now = clock().epochMilliseconds;
    await signIns.forgetBefore(now - minute);
    for (const [who, most] of Object.entries(limits)) {
      const tries = await signIns.tries(who, now - minute);
      if (tries.length >= most) throw tooManySignIns(waitFor(tries, most, now));
    }
    await signIns.addTry(Object.keys(limits), now);
  });
}

/** Seconds until one more try is within the limit. */
function waitFor(tries: readonly number[], most: number, now: number): number {
  const free = (tries.at(-most) ?? now) + minute;
  return Math.max(1, Math.ceil((free - now) / 1000));
}

async function startSession(
  who: Pick<Session, 'user' | 'by' | 'bindings'>,
  { sessions, clock }: SignInNeeds,
): Promise<SignedIn> {
  const now = clock().epochMilliseconds;
  await sessions.forgetBefore(now, now - idleMs);
  const secret = newSecret();
  const stored = { user: who.user, by: who.by, seenAt: now, expiresAt: now + absoluteMs };
  await sessions.add(hashOfSecret(secret), stored);
  const session = { ...who, expiresAt: toIso(endOf(stored)) };
  return { session, secret, expiresAt: stored.expiresAt };
}
