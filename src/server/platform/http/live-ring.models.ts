import type { Permission } from '#shared/access/permissions.models.ts';
import type { LiveEvent } from '#shared/live/live.contract.ts';
import type { Actor } from '../actor.ts';

/** An event, encoded once for all who read along. */
export type Encoded = {
  seq: number;
  cluster: string;
  permission: Permission;
  namespaces: readonly string[] | 'all';
  /** For people who may read the whole cluster. */
  full: Buffer;
  /** For the others: only that something of theirs changed. */
  changed: Buffer;
};

type Told = Exclude<LiveEvent, { type: 'resync' }>;

const permissionFor: Readonly<Record<'run' | 'backups' | 'clusters' | 'plans', Permission>> = {
  run: 'runs:read',
  backups: 'backups:read',
  clusters: 'clusters:read',
  plans: 'restores:read',
};

export function encode(
  event: Told,
  { namespaces, id, seq }: { namespaces: readonly string[] | 'all'; id: string; seq: number },
): Encoded {
  const changed = changedOf(event);
  const full = frame(event, id);
  return {
    seq,
    cluster: event.cluster,
    permission: permissionFor[changed.what],
    namespaces,
    full,
    changed: event.type === 'changed' ? full : frame(changed, id),
  };
}

/** One event of the stream (WHATWG, server-sent events); JSON has no line ends of its own. */
export const frame = (event: LiveEvent, id: string): Buffer =>
  Buffer.from(`id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);

/** What this person gets of it: everything, a hint, or nothing. */
export function partFor(
  { permission, cluster, namespaces, full, changed }: Encoded,
  namespacesWith: Actor['namespacesWith'],
): Buffer | undefined {
  const mine = namespacesWith(permission, cluster);
  if (mine === 'all') return full;
  if (mine.length === 0) return undefined;
  return namespaces === 'all' || namespaces.some((name) => mine.includes(name))
    ? changed
    : undefined;
}

function changedOf(event: Told): Extract<LiveEvent, { type: 'changed' }> {
  if (event.type === 'changed') return event;
  return { type: 'changed', cluster: event.cluster, what: 'run', id: event.run.id };
}
