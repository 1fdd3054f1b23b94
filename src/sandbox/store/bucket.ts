import { bytewise, createHistory, type View } from './history.ts';
import type { Change, Stored } from './stored.types.ts';

export type Bucket = ReturnType<typeof createBucket>;

/** All objects of one kind, with enough history to list and watch from the recent past. */
export function createBucket(keep: number) {
  const objects = new Map<string, Stored>();
  const keys: string[] = [];
  const history = createHistory(keep);
  const latest: View = { keys, get: (key) => objects.get(key) };

  const insertKey = (key: string) => {
    const index = firstAtLeast(keys, key);
    if (keys[index] !== key) keys.splice(index, 0, key);
  };

  return {
    get: latest.get,
    size: () => objects.size,
    viewAt: (revision: number): View => history.viewAt(revision, latest),
    floor: history.floor,
    since: history.since,

    /** Puts objects in place without history: the state at the start. */
    load: (loaded: readonly Stored[], revision: number): void => {
      for (const one of loaded) objects.set(one.key, one);
      keys.length = 0;
      for (const key of [...objects.keys()].toSorted(bytewise)) keys.push(key);
      history.forget(revision);
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
      history.add(change);
    },

    /** Forgets history, as etcd's compaction does: older tokens and watches have expired. */
    compact: history.forget,
  };
}

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
