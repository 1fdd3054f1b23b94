import type { StoredRun } from '../../platform/runs.types.ts';
import type { RunnerNeeds } from './runner.types.ts';

type Needs = Pick<RunnerNeeds, 'claims' | 'works' | 'clock' | 'log'>;

/**
 * A run that nobody carries out any more goes back into the queue, to go on from where it was; one
 * that somebody had asked to cancel ends there.
 */
export async function putBack(stored: StoredRun, needs: Needs): Promise<void> {
  if (!(await needs.claims.requeue(stored.run.id))) await endIfCanceled(stored, needs);
}

/** Answers whether it had been asked for, and is now so. */
export async function endIfCanceled(stored: StoredRun, needs: Needs): Promise<boolean> {
  const { claims, works, clock } = needs;
  const ended = await claims.endCanceled(stored.run.id, clock().epochMilliseconds, async (work) =>
    works[stored.run.kind].undo?.(stored, work),
  );
  if (ended) await letGo(stored, needs);
  return ended;
}

/** After its end is written: what it held outside of the database is given back. */
export async function letGo(
  stored: StoredRun,
  { works, log }: Pick<Needs, 'works' | 'log'>,
): Promise<void> {
  const { id, kind } = stored.run;
  try {
    await works[kind].release?.(stored);
  } catch (error) {
    log.error({ err: error, run: id, kind }, 'what an ended run held could not be given back');
  }
}
