import { type Bucket, createBucket } from './bucket.ts';
import type { Change, Stored } from './stored.types.ts';

export type Store = ReturnType<typeof createStore>;

type Listener = (change: Change) => void;

/** Makes the text of an object under the revision that it is about to get. */
type Print = (revision: number) => string;

/**
 * One revision counter over all kinds, as etcd has it. `keep`: changes remembered per kind; who asks
 * for older ones is told that they have expired.
 */
export function createStore({ keep = 5000 }: { keep?: number } = {}) {
  const buckets = new Map<string, Bucket>();
  const listeners = new Set<Listener>();
  let revision = 1;

  const bucket = (name: string): Bucket => {
    const found = buckets.get(name) ?? createBucket(keep);
    if (!buckets.has(name)) found.load([], revision);
    buckets.set(name, found);
    return found;
  };

  const announce = (change: Change) => {
    bucket(change.bucket).apply(change);
    for (const listener of listeners) listener(change);
  };

  return {
    revision: () => revision,
    bucket,
    names: () => [...buckets.keys()],
    /** How many objects are kept in all. */
    size: () => buckets.values().reduce((sum, one) => sum + one.size(), 0),

    put: (name: string, key: string, print: Print): Stored => {
      const before = bucket(name).get(key);
      revision += 1;
      const after = { key, revision, body: print(revision) };
      const type = before ? 'MODIFIED' : 'ADDED';
      announce({ revision, type, bucket: name, after, ...(before && { before }) });
      return after;
    },

    /** `print`: the last state, as watchers see it. Nothing happens when there is no such object. */
    remove: (name: string, key: string, print: Print): void => {
      const before = bucket(name).get(key);
      if (!before) return;
      revision += 1;
      const after = { key, revision, body: print(revision) };
      announce({ revision, type: 'DELETED', bucket: name, before, after });
    },

    /** The state at the start; every object gets a revision of its own, none a history. */
    load: (
      name: string,
      objects: readonly { key: string; body: Stored['body'] | Print }[],
    ): void => {
      const stored = objects.map(({ key, body }) => {
        revision += 1;
        return { key, revision, body: typeof body === 'function' ? body(revision) : body };
      });
      bucket(name).load(stored, revision);
    },

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
