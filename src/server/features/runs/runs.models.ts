import type { Progress, Run, RunKind, RunState } from '#shared/runs/runs.contract.ts';
import type { Reach, StoredRun } from '../../platform/runs.types.ts';

export const nothingDone: Progress = {
  doing: 'Getting ready.',
  items: { done: 0, total: null },
  bytes: { done: 0, total: null },
};

/**
 * People bound to namespaces see a run, and its log, only when every namespace it concerns is theirs:
 * progress, counts, errors and log lines are about all of them and cannot be taken apart afterwards.
 */
export function isVisible(namespaces: Reach, reach: Reach): boolean {
  if (reach === 'all') return true;
  if (namespaces === 'all' || namespaces.length === 0) return false;
  return namespaces.every((one) => reach.includes(one));
}

/**
 * A run as its reader sees it. Backups and what is done with them also hold objects of the cluster
 * itself, so their counts are for who may see all of it; a restore that others may see at all touches
 * nothing but their namespaces.
 */
export function asSeen(run: Run, reach: Reach): Run {
  if (reach === 'all' || run.kind === 'restore') return run;
  const { doing } = run.progress;
  return { ...run, progress: { ...nothingDone, doing }, result: null };
}

/** Lines of these name any object of a backup, and how many there are. */
const tellsObjects: ReadonlySet<RunKind> = new Set(['verify', 'export']);

export const mayReadLog = ({ kind }: Run, reach: Reach): boolean =>
  reach === 'all' || !tellsObjects.has(kind);

/** Each claim and each way back counts: what was tried twice in vain is not tried for ever. */
const mostFences = 4;

/**
 * What becomes of a run that was going on when Lifeboat stopped or died. Nobody is there to start the
 * backup of a slot again: it is made all the same, unless it is itself what makes Lifeboat die.
 */
export function afterCrash({
  run: { kind, slot },
  fence,
}: Pick<StoredRun, 'run' | 'fence'>): Extract<RunState, 'queued' | 'interrupted'> {
  switch (kind) {
    case 'restore': // goes on from its journal
    case 'delete': // asking twice does no harm, and the backup is already shown as being deleted
      return 'queued';
    case 'backup':
      return slot !== null && fence < mostFences ? 'queued' : 'interrupted';
    case 'verify':
    case 'export':
    case 'maintenance':
      return 'interrupted';
  }
}
