import type { RunKind } from '#shared/runs/runs.contract.ts';

/** What the queue needs to know of a run to let it start. */
export type Queued = { id: string; cluster: string; kind: RunKind; backup: string | null };

export type Turn = { id: string; waitsFor: string | null };

/** Why a run may not begin whatever goes on, and until when (null: nobody knows); null: it may. */
export type Closed<T> = (run: T) => { because: string; until: number | null } | null;

/** How many runs of a kind go on at once, in all clusters together. */
const bounds: Readonly<Record<RunKind, number>> = {
  backup: 4,
  restore: 4,
  verify: 2,
  export: 2,
  delete: 4,
  maintenance: 2,
};

const writes: readonly RunKind[] = ['backup', 'delete', 'maintenance'];
const reads: readonly RunKind[] = ['verify', 'export'];

/**
 * Whose turn it is. `pending`: the first goes first. `waitsFor`: null to start now, else a sentence. One
 * writer per repository; nothing deletes a backup while it is read, and one that waits is not overtaken
 * by a later one that it would have to wait for, unless it may not begin at all.
 */
export function turns<T extends Queued>(
  pending: readonly T[],
  running: readonly Queued[],
  closed: Closed<T> = () => null,
): Turn[] {
  const ahead = [...running];
  const going = [...running];
  return pending.map((run) => {
    const shut = closed(run);
    if (shut !== null) return { id: run.id, waitsFor: shut.because };
    const waitsFor = reasonToWait(run, ahead, going);
    ahead.push(run);
    if (waitsFor === null) going.push(run);
    return { id: run.id, waitsFor };
  });
}

function reasonToWait(
  run: Queued,
  ahead: readonly Queued[],
  going: readonly Queued[],
): string | null {
  const blocker = ahead.find((other) => excludes(run, other));
  if (blocker) return sentences[blocker.kind];
  const sameKind = going.filter(({ kind }) => kind === run.kind).length;
  return sameKind < bounds[run.kind] ? null : `${sameKind} runs of this kind are going on already.`;
}

function excludes(one: Queued, other: Queued): boolean {
  if (one.cluster !== other.cluster) return false;
  if (one.kind === 'restore' && other.kind === 'restore') return true;
  if (writes.includes(one.kind) && writes.includes(other.kind)) return true;
  return one.backup === other.backup && (deletesRead(one, other) || deletesRead(other, one));
}

const deletesRead = (one: Queued, other: Queued) =>
  one.kind === 'delete' && reads.includes(other.kind);

/** Without names: whoever reads this may not be allowed to know the other run. */
const sentences: Readonly<Record<RunKind, string>> = {
  backup: 'Another backup of this cluster is ahead of it.',
  restore: 'Another restore into this cluster is ahead of it.',
  verify: 'This backup is being verified.',
  export: 'This backup is being exported.',
  delete: 'A backup of this cluster is being deleted.',
  maintenance: 'Maintenance of this repository is ahead of it.',
};
