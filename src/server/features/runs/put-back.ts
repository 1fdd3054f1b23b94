import type { StoredRun } from '../../platform/runs.types.ts';
import type { RunnerNeeds } from './runner.types.ts';

type Needs = Pick<RunnerNeeds, 'claims' | 'works' | 'clock'>;

/**
 * A run that nobody carries out any more goes back into the queue, to go on from where it was; one
 * that somebody had asked to cancel ends there.
 */
export async function putBack(stored: StoredRun, needs: Needs): Promise<void> {
  if (!(await needs.claims.requeue(stored.run.id))) await endIfCanceled(stored, needs);
}

/** Answers whether it had been asked for, and is now so. */
export const endIfCanceled = (
  stored: StoredRun,
  { claims, works, clock }: Needs,
): Promise<boolean> =>
  claims.endCanceled(stored.run.id, clock().epochMilliseconds, async (work) =>
    works[stored.run.kind].undo?.(stored, work),
  );
