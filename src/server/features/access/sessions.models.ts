import type { Session } from '#shared/access/access.contract.ts';

/** Times are milliseconds since 1970. `expiresAt`: the absolute end. */
export type StoredSession = {
  user: string;
  by: Session['by'];
  seenAt: number;
  expiresAt: number;
};

const hour = 3_600_000;
export const idleMs = 12 * hour;
export const absoluteMs = 7 * 24 * hour;
export const linkMs = hour / 6;
/** Use is written down at most this often. */
export const seenEveryMs = 60_000;

/** When it ends if it is not used again. */
export const endOf = ({ seenAt, expiresAt }: Pick<StoredSession, 'seenAt' | 'expiresAt'>): number =>
  Math.min(seenAt + idleMs, expiresAt);

/** `now`: milliseconds since 1970. A clock that was set back does not lengthen a session. */
export const isOpen = (session: Pick<StoredSession, 'seenAt' | 'expiresAt'>, now: number) =>
  now < endOf(session);

/** The built-in administrator, who needs no account: whoever sits at the machine. */
export const localUser = 'local';
/** Names that accounts must not take. */
export const reservedNames: readonly string[] = [localUser, 'nobody', 'lifeboat'];
