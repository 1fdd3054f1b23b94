import type { After } from '../../platform/after.ts';
import type { Log } from '../../platform/log.ts';
import type { Unfinished } from './decide.models.ts';
import { decideDue, type DecidingNeeds, type Looked } from './decide-due.ts';
import { type Plan, planOf } from './timetables.models.ts';

export type SchedulerNeeds = DecidingNeeds & {
  /** Measures the clusters in which scheduled runs wait, or are about to. */
  measure: (clusters: readonly string[]) => Promise<void>;
  /** Looks at the queue: a gate may have opened. */
  lookAtQueue: () => void;
  after: After;
  log: Log;
};

/** Clocks are compared at least so often, milliseconds. */
const longestNap = 30_000;
/** Gates open on full minutes: it looks just after each. */
const minute = 60_000;
const justAfter = 20;
/** After a failure it is tried again so soon. */
const retryAfter = 2000;

/**
 * Decides about every slot that is due, once: inserting its row is the decision, and the run that it
 * asks for is queued in the same transaction. One per installation.
 */
export function createScheduler(needs: SchedulerNeeds) {
  const { after, log, clock } = needs;
  let plans: readonly Plan[] = [];
  // Set before the plans are loaded, not after: what changes meanwhile is loaded by the next look.
  let isStale = true;
  let isCalled = false;
  let stopped = false;
  let callOff = (): void => undefined;
  let round: Promise<void> = Promise.resolve();

  const load = async (): Promise<void> => {
    isStale = false;
    plans = await loadPlans(needs);
  };
  const look = async (): Promise<void> => {
    isCalled = false;
    callOff();
    if (stopped) return;
    try {
      if (isStale) await load();
      const looked = { plans, now: clock().epochMilliseconds };
      const unfinished = await needs.slots.unfinished();
      await needs.measure(busyClusters(looked, unfinished, needs));
      const again = await decideDue(looked, unfinished, needs);
      needs.lookAtQueue();
      if (again) isStale = true;
      callOff = after(again ? 0 : napAfter(looked, clock().epochMilliseconds), next);
    } catch (error) {
      isStale = true;
      log.error({ err: error }, 'slots could not be decided; trying again soon');
      callOff = after(retryAfter, next);
    }
  };
  /** Once for all who call before it looks: an import tells of thousands of schedules. */
  const next = (): void => {
    if (isCalled) return;
    isCalled = true;
    round = round.then(look);
  };
  return {
    start: next,
    /** A schedule was made, changed or removed. */
    wake: (): void => {
      isStale = true;
      next();
    },
    /** Ends after the round that is going on. */
    stop: async (): Promise<void> => {
      stopped = true;
      callOff();
      await round;
    },
  };
}

async function loadPlans({ schedules, clock }: SchedulerNeeds): Promise<Plan[]> {
  const now = clock().epochMilliseconds;
  return (await schedules.all()).map((schedule) => planOf(schedule, now));
}

/**
 * Until the next slot. What was due already and could not be decided (its cluster is not looked after,
 * or the time is in doubt) waits for the next look: nobody is asked without end.
 */
const napAfter = ({ plans, now: looked }: Looked, now: number): number =>
  plans.reduce(
    (nap, { nextAt }) =>
      nextAt === null || nextAt <= looked ? nap : Math.min(nap, Math.max(0, nextAt - now)),
    Math.min(longestNap, minute - (now % minute) + justAfter),
  );

/** Where scheduled runs are unfinished, or will come within a minute. */
function busyClusters(
  { plans, now }: Looked,
  unfinished: ReadonlyMap<string, Unfinished>,
  { isKnown }: SchedulerNeeds,
): string[] {
  const coming = plans.flatMap(({ nextAt, schedule }) =>
    nextAt !== null && nextAt <= now + minute ? [schedule.cluster] : [],
  );
  const waiting = [...unfinished.keys()].map((key) => key.split('/')[0] ?? '');
  return [...new Set([...coming, ...waiting])].filter(isKnown);
}
