import type { Finding } from '#shared/schedules/preview.contract.ts';
import { closedBetween } from '#shared/schedules/blackouts.models.ts';
import { simulate } from '#shared/schedules/simulation/simulate.models.ts';
import {
  dayLength,
  type Simulated,
  simulatedDays,
  type World,
} from '#shared/schedules/simulation/simulation.types.ts';
import type { Reach } from '../../platform/runs.types.ts';
import type { SchedulesNeeds } from './schedules.types.ts';
import type { StoredSchedule } from './schedules.rows.ts';
import { simulatedOf } from './simulated.models.ts';

/** Those whom the reader may not see take part without their names. */
const unnamed = 'a schedule of others';

export type Estate = { simulated: Simulated[]; world: World };

/**
 * All schedules of a cluster but these, and the world around them, as a reader may know them. One that
 * the reader may not see is never left out: whether it makes a difference would tell that it is there.
 */
export async function estateOf(
  { cluster, without = [], reach }: { cluster: string; without?: readonly string[]; reach: Reach },
  needs: SchedulesNeeds,
): Promise<Estate> {
  const now = needs.clock().epochMilliseconds;
  const usual = await needs.usualOf(cluster);
  const all = await needs.schedules.ofCluster(cluster);
  const left = new Set(without);
  const simulated = all.flatMap((one) => {
    const isSeen = needs.isVisible(one.namespaces, reach);
    if (isSeen && left.has(one.name)) return [];
    const seen = simulatedOf(one, usual, now);
    return isSeen ? seen : { ...seen, name: unnamed, isForeign: true };
  });
  return { simulated, world: await worldOf(cluster, now, needs) };
}

async function worldOf(cluster: string, now: number, needs: SchedulesNeeds): Promise<World> {
  const until = now + simulatedDays * dayLength;
  const blackouts = await needs.schedules.blackoutsOf(cluster);
  return {
    now,
    // Beyond the last slot: whether one ever ends shows only after a week.
    blackouts: closedBetween(blackouts, { from: now, until: until + 8 * dayLength }),
    namespaces: await needs.namesIn(cluster),
    location: await needs.locationOf(cluster),
  };
}

type Candidate = Pick<
  StoredSchedule,
  'cluster' | 'name' | 'spec' | 'minutesIn' | 'durations' | 'pause'
>;

/** `isKnown`: it is there already, and the reader may see it. */
export type Around = { reach: Reach; replaces: readonly string[]; isKnown: boolean };

/** A schedule that is not saved yet among all the others, but for those that it replaces. */
export async function candidateIn(
  candidate: Candidate,
  { reach, replaces, isKnown }: Around,
  needs: SchedulesNeeds,
): Promise<Estate & { mover: Simulated }> {
  const { cluster, name } = candidate;
  const estate = await estateOf({ cluster, without: [name, ...replaces], reach }, needs);
  const usual = await needs.usualOf(cluster);
  const seen = simulatedOf(candidate, usual, needs.clock().epochMilliseconds);
  // What backups add counts objects of the cluster too: that is for who may see all of it.
  const mover = isKnown && reach === 'all' ? seen : { ...seen, bytesPerRun: null };
  return { ...estate, mover, simulated: [mover, ...estate.simulated] };
}

export const findingsOf = ({ simulated, world, mover }: Estate & { mover: Simulated }): Finding[] =>
  simulate({ schedules: simulated, world, only: mover }).map(withoutUnnamed);

export const withoutUnnamed = (finding: Finding): Finding => ({
  ...finding,
  schedules: finding.schedules.filter((name) => name !== unnamed),
});
