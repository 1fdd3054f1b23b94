import { dayLength } from '#shared/time/lengths.models.ts';
import type { Run } from '#shared/runs/runs.contract.ts';
import {
  type Closed,
  closedAt,
  closedBetween,
  isForEver,
} from '#shared/schedules/blackouts.models.ts';
import { absolute } from '#shared/words/format.models.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Resources } from './resources.ts';
import { heldFor } from './resources.models.ts';
import type { SchedulesRepository } from './schedules.repository.ts';

type Shut = { because: string; until: number | null };

type Needs = {
  schedules: Pick<SchedulesRepository, 'allBlackouts'>;
  /** Whether the cluster has room for it now, in words; null: it has. */
  resources: Pick<Resources, 'closed'>;
  clock: Clock;
};

/** Why no run of a slot may begin now; what people start by hand always may. */
export const createGate =
  ({ schedules, resources, clock }: Needs) =>
  async (): Promise<(run: Run) => Shut | null> => {
    const now = clock().epochMilliseconds;
    const shut = new Map<string, Shut>();
    for (const [cluster, blackouts] of await schedules.allBlackouts()) {
      const closed = closedAt(closedBetween(blackouts, { from: now, until: now + looked }), now);
      if (closed) shut.set(cluster, saidOf(closed, now));
    }
    return ({ slot, cluster }) =>
      slot === null ? null : (shut.get(cluster) ?? heldBack(slot, resources.closed(cluster), now));
  };

/** A day more than it takes to see that blackouts leave no time at all. */
const looked = 8 * dayLength;

function saidOf(closed: Closed, now: number): Shut {
  const { reason, until } = closed;
  if (isForEver(closed, now))
    return { because: `Blackouts leave no time in which it could begin: ${reason}`, until: null };
  const over = absolute(new Date(until).toISOString());
  return { because: `Nothing scheduled begins before ${over}: ${reason}`, until };
}

/** Until the cluster has room, and at most for an hour after the slot. */
function heldBack(slot: string, because: string | null, now: number): Shut | null {
  const until = Date.parse(slot) + heldFor;
  if (because === null || now >= until) return null;
  const latest = absolute(new Date(until).toISOString());
  // When there is room nobody can tell: it may begin long before that.
  return { because: `It waits for room, until ${latest} at most: ${because}.`, until: null };
}
