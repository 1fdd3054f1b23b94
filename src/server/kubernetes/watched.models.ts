import type { KubernetesObject, WatchEvent } from './client.types.ts';

type Known = { uid: string; resourceVersion: string; round: number };

/** What a watch remembers: names, uids and versions, never the objects. */
export type Watched = {
  /** A list begins: whatever is not seen until `complete` is gone. */
  begin: () => void;
  /** An object of a list; the events that its sight means: none when nothing changed. */
  listed: (object: KubernetesObject) => WatchEvent[];
  /** The list is complete. */
  complete: (kind: { apiVersion: string; kind: string }) => WatchEvent[];
  /** An event of the stream; none when it repeats what is known. */
  changed: (type: 'ADDED' | 'MODIFIED' | 'DELETED', object: KubernetesObject) => WatchEvent[];
};

export function createWatched(): Watched {
  const known = new Map<string, Known>();
  let round = 0;

  const remember = (object: KubernetesObject): WatchEvent[] => {
    const key = keyOf(object);
    const before = known.get(key);
    const { uid = '', resourceVersion = '' } = object.metadata;
    known.set(key, { uid, resourceVersion, round });
    if (!before) return [{ type: 'ADDED', object }];
    if (before.uid !== uid)
      return [
        { type: 'DELETED', object: gone(key, before, object) },
        { type: 'ADDED', object },
      ];
    return before.resourceVersion === resourceVersion ? [] : [{ type: 'MODIFIED', object }];
  };

  const forget = (object: KubernetesObject): WatchEvent[] => {
    const key = keyOf(object);
    if (known.get(key)?.uid !== (object.metadata.uid ?? '')) return [];
    known.delete(key);
    return [{ type: 'DELETED', object }];
  };

  return {
    begin: () => void round++,
    listed: remember,
    complete: (kind) => {
      const missing = [...known].filter(([, entry]) => entry.round !== round);
      for (const [key] of missing) known.delete(key);
      return missing.map(([key, entry]) => ({ type: 'DELETED', object: gone(key, entry, kind) }));
    },
    changed: (type, object) => (type === 'DELETED' ? forget(object) : remember(object)),
  };
}

/** A slash is in no name (it would not fit into a path), so the first one is ours. */
const keyOf = ({ metadata }: KubernetesObject) => `${metadata.namespace ?? ''}/${metadata.name}`;

/** All that is left of an object that vanished unseen. */
function gone(
  key: string,
  { uid, resourceVersion }: Known,
  { apiVersion, kind }: { apiVersion?: string; kind?: string },
): KubernetesObject {
  const at = key.indexOf('/');
  const namespace = key.slice(0, at);
  return {
    ...(apiVersion === undefined ? {} : { apiVersion }),
    ...(kind === undefined ? {} : { kind }),
    metadata: {
      name: key.slice(at + 1),
      ...(namespace === '' ? {} : { namespace }),
      uid,
      resourceVersion,
    },
  };
}
