import type { Permission } from '#shared/access/permissions.models.ts';
import type { LiveEvent } from '#shared/live/live.contract.ts';
import type { Actor } from '../actor.ts';

/** An event, encoded once for all who read along. */
export type Encoded = {
  seq: number;
  cluster: string;
  permission: Permission;
  namespaces: readonly string[] | 'all';
  /** A run is seen by who may see all that it concerns; everything else by who may see a part of it. */
  takes: 'every' | 'some';
  /** For people who may read the whole cluster. */
  full: Buffer;
  /** For the others: only that something of theirs changed. */
  changed: Buffer;
};

type Told = Exclude<LiveEvent, { type: 'resync' }>;

const permissionFor: Readonly<Record<Extract<LiveEvent, { type: 'changed' }>['what'], Permission>> =
  {
    run: 'runs:read',
    backups: 'backups:read',
    clusters: 'clusters:read',
    plans: 'restores:read',
    schedules: 'schedules:read',
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
    takes: changed.what === 'run' ? 'every' : 'some',
    full,
    changed: event.type === 'changed' ? full : frame(changed, id),
  };
}

/** One event of the stream (WHATWG, server-sent events); JSON has no line ends of its own. */
export const frame = (event: LiveEvent, id: string): Buffer =>
  Buffer.from(`id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);

/** What this person gets of it: everything, a hint, or nothing. */
export function partFor(
  { permission, cluster, full, changed, ...concerned }: Encoded,
  namespacesWith: Actor['namespacesWith'],
): Buffer | undefined {
  const mine = namespacesWith(permission, cluster);
  if (mine === 'all') return full;
  return concerns(concerned, mine) ? changed : undefined;
}

function concerns(
  { namespaces, takes }: Pick<Encoded, 'namespaces' | 'takes'>,
  mine: readonly string[],
): boolean {
  if (namespaces === 'all') return takes === 'some' && mine.length > 0;
  const isMine = (name: string) => mine.includes(name);
  return takes === 'some'
    ? namespaces.some(isMine)
    : namespaces.length > 0 && namespaces.every(isMine);
}

function changedOf(event: Told): Extract<LiveEvent, { type: 'changed' }> {
  if (event.type === 'changed') return event;
  return { type: 'changed', cluster: event.cluster, what: 'run', id: event.run.id };
}
