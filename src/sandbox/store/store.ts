import { type Bucket, createBucket } from './bucket.ts';
import type { Change, Stored } from './stored.types.ts';

export type Store = ReturnType<typeof createStore>;

type Listener = (change: Change) => void;

/** Makes the text of an object under the revision that it is about to get. */
type Print = (revision: number) => string;

/** An object that has no revision yet. */
type Fresh = { key: string; body: Stored['body'] | Print };

/**
 * One revision counter over all kinds, as etcd has it. `keep`: changes remembered per kind; who asks
 * for older ones is told that they have expired.
 */
export function createStore({ keep = 5000 }: { keep?: number } = {}) {
  const buckets = new Map<string, Bucket>();
  const listeners = new Set<Listener>();
  let revision = 1;
  const bucket = (name: string): Bucket => {
    const found = buckets.get(name) ?? emptyBucket(keep, revision);
    buckets.set(name, found);
    return found;
  };

  const announce = (change: Change) => {
    bucket(change.bucket).apply(change);
    for (const listener of listeners) listener(change);
  };

  const next = ({ key, body }: Fresh): Stored => {
    revision += 1;
    return { key, revision, body: typeof body === 'function' ? body(revision) : body };
  };

  return {
    revision: () => revision,
    bucket,
    names: () => [...buckets.keys()],
    /** How many objects are kept in all. */
    size: () => buckets.values().reduce((sum, one) => sum + one.size(), 0),

    put: (name: string, key: string, print: Print): Stored => {
      const before = bucket(name).get(key);
      const after = next({ key, body: print });
      const made = { revision, bucket: name, after };
      announce(before ? { ...made, type: 'MODIFIED', before } : { ...made, type: 'ADDED' });
      return after;
    },

    /** `print`: the last state, as watchers see it. Nothing happens when there is no such object. */
    remove: (name: string, key: string, print: Print): void => {
      const before = bucket(name).get(key);
      if (!before) return;
      const after = next({ key, body: print });
      announce({ revision, type: 'DELETED', bucket: name, before, after });
    },

    /** The state at the start; every object gets a revision of its own, none a history. */
    load: (name: string, objects: readonly Fresh[]): void => {
      const stored = objects.map(next);
      bucket(name).load(stored, revision);
    },

    /** As when somebody else has written something elsewhere. */
    skip: (): number => (revision += 1),

    /** Everything before now is forgotten: continue tokens and watches must start anew. */
    compact: (): void => {
      for (const one of buckets.values()) one.compact(revision);
    },

    /** Called after every change, in order, before the writer has its answer. */
    subscribe: (listener: Listener): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** A kind that nobody has used yet: empty, and without a past. */
function emptyBucket(keep: number, revision: number): Bucket {
  const bucket = createBucket(keep);
  bucket.load([], revision);
  return bucket;
}
