import type { Binding, User } from '#shared/access/access.contract.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Clock } from '../../platform/clock.ts';
import type { createTurns } from '../../platform/in-turn.ts';
import {
  lastWayIn,
  moreThanYours,
  nothingToChange,
  passwordWeak,
  userTaken,
  userUnknown,
} from './access.errors.ts';
import { toIso } from './instants.models.ts';
import type { Passwords } from './passwords.ts';
import { mayGrant } from '#shared/access/rights.models.ts';
import { localUser, reservedNames } from './sessions.models.ts';
import { isGuessable, locksOut } from './users.models.ts';
import type { StoredUser, UserChange, UsersRepository } from './users.repository.ts';

export type UserNeeds = {
  users: UsersRepository;
  passwords: Passwords;
  clock: Clock;
  /** Two removals at once must not each see the other's account as the one that stays. */
  inTurn: ReturnType<typeof createTurns>;
};

type NewUser = { name: string; password: string; bindings: readonly Binding[] };
type Change = {
  password?: string | undefined;
  bindings?: readonly Binding[] | undefined;
  disabled?: boolean | undefined;
};

export const toUser = ({ name, bindings, disabled, createdAt, lastSeenAt }: StoredUser): User => ({
  name,
  bindings,
  disabled,
  createdAt: toIso(createdAt),
  lastSeenAt: lastSeenAt === null ? null : toIso(lastSeenAt),
});

export async function createUser(
  { name, password, bindings }: NewUser,
  actor: Actor,
  { users, passwords, clock }: UserNeeds,
): Promise<User> {
  if (reservedNames.includes(name)) throw userTaken(name);
  if (isGuessable(password, name)) throw passwordWeak();
  if (!mayGrant(actor, bindings)) throw moreThanYours();
  const passwordHash = await passwords.hash(password);
  const createdAt = clock().epochMilliseconds;
  const user = { name, passwordHash, bindings: [...bindings], createdAt };
  if (!(await users.add(user))) throw userTaken(name);
  return toUser({ ...user, disabled: false, lastSeenAt: null });
}

/** Every change ends the account's sessions: what was signed in under old rights does not go on. */
export function changeUser(
  { name, change }: { name: string; change: Change },
  actor: Actor,
  needs: UserNeeds,
): Promise<User> {
  return needs.inTurn(async () => {
    const { password, bindings, disabled } = change;
    if (password === undefined && bindings === undefined && disabled === undefined)
      throw nothingToChange();
    const before = await existing(name, needs.users);
    if (!mayGrant(actor, [...before.bindings, ...(bindings ?? [])])) throw moreThanYours();
    if (password !== undefined && isGuessable(password, name)) throw passwordWeak();
    const after = {
      bindings: bindings ?? before.bindings,
      disabled: disabled ?? before.disabled,
    };
    await keepAWayIn({ name, after, actor }, needs);
    await needs.users.change(name, await toChange(change, needs.passwords));
    return toUser(await existing(name, needs.users));
  });
}

export function removeUser(name: string, actor: Actor, needs: UserNeeds): Promise<void> {
  return needs.inTurn(async () => {
    const before = await existing(name, needs.users);
    if (!mayGrant(actor, before.bindings)) throw moreThanYours();
    await keepAWayIn({ name, after: null, actor }, needs);
    await needs.users.remove(name, needs.clock().epochMilliseconds);
  });
}

async function existing(name: string, users: UsersRepository): Promise<StoredUser> {
  const found = await users.find(name);
  if (!found) throw userUnknown(name);
  return found;
}

type After = {
  name: string;
  after: { bindings: readonly Binding[]; disabled: boolean } | null;
  actor: Actor;
};

/** The local administrator needs no account to come back; everybody else might lock all out. */
async function keepAWayIn({ name, after, actor }: After, { users }: UserNeeds): Promise<void> {
  if (actor.session.user === localUser) return;
  if (locksOut(await everybody(users), name, after)) throw lastWayIn();
}

async function everybody(users: UsersRepository): Promise<StoredUser[]> {
  const all: StoredUser[] = [];
  for (;;) {
    const some = await users.list(all.at(-1)?.name ?? '', 500);
    all.push(...some);
    if (some.length < 500) return all;
  }
}

async function toChange(
  { password, bindings, disabled }: Change,
  passwords: Passwords,
): Promise<UserChange> {
  return {
    ...(password === undefined ? {} : { passwordHash: await passwords.hash(password) }),
    ...(bindings === undefined ? {} : { bindings }),
    ...(disabled === undefined ? {} : { disabled }),
  };
}
