import type { Change, Stored } from './stored.types.ts';

/** Objects in key order at one revision. */
export type View = { keys: readonly string[]; get: (key: string) => Stored | undefined };

/** The changes of one kind from the recent past. `keep`: how many at least. */
export function createHistory(keep: number) {
  let changes: Change[] = [];
  /** Nothing is known before this revision. */
  let floor = 0;
  let cached: { revision: number; upTo: number; view: View } | undefined;
  const last = () => changes.at(-1)?.revision ?? floor;

  return {
    floor: () => floor,

    /** Changes after `revision`, oldest first; undefined when they are no longer known. */
    since: (revision: number): Change[] | undefined =>
      revision < floor ? undefined : changes.filter((one) => one.revision > revision),

    /** What `now` was at this revision. */
    viewAt: (revision: number, now: View): View => {
      if (revision >= last()) return now;
      if (cached?.revision === revision && cached.upTo === last()) return cached.view;
      const view = rewind(now, changes, revision);
      cached = { revision, upTo: last(), view };
      return view;
    },

    add: (change: Change): void => {
      changes.push(change);
      if (changes.length <= keep * 1.5) return;
      floor = changes[changes.length - keep - 1]?.revision ?? floor;
      changes = changes.slice(-keep);
    },

    /** Forgets everything up to `revision`. */
    forget: (revision: number): void => {
      floor = Math.max(floor, revision);
      changes = changes.filter((one) => one.revision > floor);
    },
  };
}

function rewind(now: View, changes: readonly Change[], revision: number): View {
  const past = new Map<string, Stored | undefined>();
  for (const { revision: at, after, before } of changes.toReversed()) {
    if (at > revision) past.set(after.key, before);
  }
  const kept = now.keys.filter((key) => !past.has(key));
  const back = [...past].filter(([, stored]) => stored).map(([key]) => key);
  return {
    keys: [...kept, ...back].toSorted(bytewise),
    get: (key) => (past.has(key) ? past.get(key) : now.get(key)),
  };
}

export const bytewise = (a: string, b: string) => (a < b ? -1 : Number(a > b));
