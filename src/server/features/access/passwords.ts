import { hash, verify } from '@node-rs/argon2';
import { tooManySignIns } from './access.errors.ts';
import { newSecret } from './secrets.ts';

/** argon2id with 19 MiB and two passes: about 90 ms. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Each takes a thread of the pool that files and DNS need too. */
const atOnce = 2;
const waitingAtMost = 20;

export type Passwords = ReturnType<typeof createPasswords>;

export function createPasswords() {
  const limited = createLimit();
  /** Compared with when there is no such account, so that the answer takes just as long. */
  let decoy: Promise<string> | undefined;
  const decoyHash = () => (decoy ??= hash(newSecret(), cost));

  return {
    hash: (password: string) => limited(() => hash(password, cost)),
    /** `stored`: undefined when there is no such account; then always false, in the same time. */
    matches: (stored: string | undefined, password: string): Promise<boolean> =>
      limited(async () => {
        const same = await verify(stored ?? (await decoyHash()), password);
        return same && stored !== undefined;
      }),
  };
}

/** At most so many at once, so many waiting; more are told to come back. */
function createLimit() {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (waiting.length >= waitingAtMost) throw tooManySignIns(1);
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
