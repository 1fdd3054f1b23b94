import type { Change, Stored } from './stored.types.ts';

export type Bucket = ReturnType<typeof createBucket>;

/** Objects in key order at one revision. */
export type View = { keys: readonly string[]; get: (key: string) => Stored | undefined };

/** All objects of one kind, with enough history to list and watch from the recent past. */
export function createBucket(keep: number) {
  const objects = new Map<string, Stored>();
  const keys: string[] = [];
  let changes: Change[] = [];
  /** Nothing is known before this revision. */
  let floor = 0;
  let cached: { revision: number; upTo: number; view: View } | undefined;

  const latest = (): View => ({ keys, get: (key) => objects.get(key) });
  const lastRevision = () => changes.at(-1)?.revision ?? floor;

  const insertKey = (key: string) => {
    const index = firstAtLeast(keys, key);
    if (keys[index] !== key) keys.splice(index, 0, key);
  };

  const viewAt = (revision: number): View => {
    if (revision >= lastRevision()) return latest();
    if (cached?.revision === revision && cached.upTo === lastRevision()) return cached.view;
    const view = rewind(latest(), changes, revision);
    cached = { revision, upTo: lastRevision(), view };
    return view;
  };

  return {
    get: (key: string) => objects.get(key),
    size: () => objects.size,
    viewAt,
    floor: () => floor,

    /** Changes after `revision`, oldest first; undefined when they are no longer known. */
    since: (revision: number): Change[] | undefined =>
      revision < floor ? undefined : changes.filter((one) => one.revision > revision),

    /** Puts objects in place without history: the state at the start. */
    load: (loaded: readonly Stored[], revision: number): void => {
      for (const one of loaded) objects.set(one.key, one);
      keys.length = 0;
      for (const key of [...objects.keys()].toSorted(bytewise)) keys.push(key);
      floor = Math.max(floor, revision);
    },

    apply: (change: Change): void => {
      const { key } = change.after;
      if (change.type === 'DELETED') {
        objects.delete(key);
        keys.splice(firstAtLeast(keys, key), 1);
      } else {
        objects.set(key, change.after);
        if (change.type === 'ADDED') insertKey(key);
      }
      changes.push(change);
      if (changes.length > keep * 1.5) {
        floor = changes[changes.length - keep - 1]?.revision ?? floor;
        changes = changes.slice(-keep);
      }
    },

    /** Forgets history, as etcd's compaction does: older tokens and watches have expired. */
    compact: (revision: number): void => {
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

const bytewise = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** Index of the first key that is not before `wanted`. */
export function firstAtLeast(keys: readonly string[], wanted: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] ?? '') < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
