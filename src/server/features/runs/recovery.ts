import type { Run } from '#shared/runs/runs.contract.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import type { StoredRun, WorkEnd } from '../../platform/runs.types.ts';
import { endIfCanceled, letGo } from './put-back.ts';
import type { Works } from './runner.types.ts';
import type { ClaimsRepository } from './runs.claims.repository.ts';
import { interrupted } from './runs.errors.ts';
import { afterCrash } from './runs.models.ts';
import type { RunsRepository } from './runs.repository.ts';

type Needs = {
  runs: RunsRepository;
  claims: ClaimsRepository;
  works: Works;
  clock: Clock;
  log: Log;
  /** What a run turns out to have reached all the same: its backup is there. */
  reached: (run: string) => Pick<WorkEnd, 'state' | 'result'> | undefined;
  /** Whether a backup is in its repository no more. */
  isGone: (at: { cluster: string; backup: string }) => Promise<boolean>;
};

/**
 * At start, before anything new: what the last process left running goes back into the queue (a
 * restore goes on from its journal, a deletion is finished), is found to be done, is canceled as
 * somebody had asked, or is interrupted.
 */
export async function recoverRuns(needs: Needs): Promise<void> {
  for (const stored of await needs.runs.unfinished(['running'])) await recoverRun(stored, needs);
}

async function recoverRun(stored: StoredRun, needs: Needs): Promise<void> {
  const { claims, works, clock, reached } = needs;
  const { id, kind } = stored.run;
  const at = clock().epochMilliseconds;
  const done = reached(id);
  if (done) {
    await claims.close(id, { ...done, at, problem: null });
    return letGo(stored, needs);
  }
  if (await isTooLate(stored.run, needs)) return void (await claims.requeue(id, 'anyway'));
  if (await endIfCanceled(stored, needs)) return;
  if (afterCrash(stored) === 'queued') return void (await claims.requeue(id));
  const end = { state: 'interrupted', at, problem: interrupted().problem, result: null } as const;
  await claims.close(id, end, async (work) => works[kind].undo?.(stored, work));
  await letGo(stored, needs);
}

/** A deletion that had removed its backup can only be finished. */
const isTooLate = async ({ kind, cluster, backup }: Run, { isGone }: Needs): Promise<boolean> =>
  kind === 'delete' && backup !== null && isGone({ cluster, backup });
