import { dayLength } from '#shared/time/lengths.models.ts';
import type { Finding } from '#shared/schedules/preview.contract.ts';
import { closedBetween } from '#shared/schedules/blackouts.models.ts';
import { simulate } from '#shared/schedules/simulation/simulate.models.ts';
import {
  type Simulated,
  simulatedDays,
  type World,
} from '#shared/schedules/simulation/simulation.types.ts';
import type { Reach } from '../../platform/runs.types.ts';
import type { SchedulesNeeds } from './schedules.types.ts';
import type { StoredSchedule } from './schedules.rows.ts';
import { simulatedOf, type Usual } from './simulated.models.ts';

/** Those whom the reader may not see take part without their names. */
const unnamed = 'a schedule of others';

export type Estate = { simulated: Simulated[]; world: World; usual: Usual };

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
  return { simulated, usual, world: await worldOf(cluster, now, needs) };
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

/** The others and one that is looked at among them. */
export type Among = Estate & { mover: Simulated };

/** A schedule that is not saved yet among all the others, but for those that it replaces. */
export async function candidateIn(
  candidate: Candidate,
  around: Around,
  needs: SchedulesNeeds,
): Promise<Among> {
  const { cluster, name } = candidate;
  const without = [name, ...around.replaces];
  return withMover(await estateOf({ cluster, without, reach: around.reach }, needs), {
    candidate,
    around,
  });
}

/** The same with its time picked: the others are not read again. */
export const movedIn = ({ mover, ...estate }: Among, given: Moving): Among =>
  withMover({ ...estate, simulated: estate.simulated.filter((one) => one !== mover) }, given);

type Moving = { candidate: Candidate; around: Around };

function withMover(estate: Estate, { candidate, around: { reach, isKnown } }: Moving): Among {
  const seen = simulatedOf(candidate, estate.usual, estate.world.now);
  // What backups add counts objects of the cluster too: that is for who may see all of it.
  const mover = isKnown && reach === 'all' ? seen : { ...seen, bytesPerRun: null };
  return { ...estate, mover, simulated: [mover, ...estate.simulated] };
}

export const findingsOf = ({ simulated, world, mover }: Among): Finding[] =>
  simulate({ schedules: simulated, world, only: mover }).map(withoutUnnamed);

export const withoutUnnamed = (finding: Finding): Finding => ({
  ...finding,
  schedules: finding.schedules.filter((name) => name !== unnamed),
});
