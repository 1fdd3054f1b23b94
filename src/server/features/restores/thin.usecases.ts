import { dayLength } from '#shared/time/lengths.models.ts';
import type { JournalRepository } from './journal.repository.ts';
import { holder, type PlanEndNeeds } from './plan-ends.usecases.ts';
import type { Held } from './plans.repository.ts';
import type { RestoresThinRepository } from './thin.repository.ts';

/** As long as a run's log: afterwards the counts of a restore stay, not what became of each object. */
const objectsFor = 30 * dayLength;

type Needs = PlanEndNeeds & {
  journal: JournalRepository;
  thinning: { restores: RestoresThinRepository };
};

export async function thinRestores(needs: Needs): Promise<void> {
  const before = needs.clock().epochMilliseconds - objectsFor;
  for (const old of await needs.thinning.restores.ended(before))
    try {
      await thin(old, needs);
    } catch (error) {
      needs.log.error({ err: error, run: old.run }, 'a restore could not be thinned out');
    }
}

/** The plan goes last: while it is there, a round that was broken off is taken up again. */
async function thin({ id, source, run }: Held & { run: string }, needs: Needs): Promise<void> {
  const { plans, journal, engine, thinning } = needs;
  await thinning.restores.keepCounts(run, { ...(await journal.outcomes(run)) });
  await engine.release({ cluster: source, by: holder(id) });
  await thinning.restores.removeJournal(run);
  await plans.remove(id);
}
