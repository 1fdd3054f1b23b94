import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/database/database.ts';
import type { WorkEnd } from '../../platform/runs.types.ts';
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
  /** What a run turns out to have reached all the same: its backup is there. */
  reached: (run: string) => Pick<WorkEnd, 'state' | 'result'> | undefined;
};

/**
 * At start, before anything new: what the last process left running goes back into the queue (a
 * restore goes on from its journal, a deletion is finished), is found to be done, or is interrupted.
 */
export async function recoverRuns({ runs, claims, works, clock, reached }: Needs): Promise<void> {
  const at = clock().epochMilliseconds;
  for (const stored of await runs.unfinished(['running'])) {
    const { id, kind } = stored.run;
    const done = reached(id);
    if (done) await claims.close(id, { ...done, at, problem: null });
    else if (afterCrash(kind) === 'queued') await claims.requeue(id);
    else {
      const end = {
        state: 'interrupted',
        at,
        problem: interrupted().problem,
        result: null,
      } as const;
      await claims.close(id, end, async (work: Db) => works[kind].undo?.(stored, work));
    }
  }
}
