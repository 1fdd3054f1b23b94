import type { Run } from '#shared/runs/runs.contract.ts';
import { openings } from '#shared/schedules/window.models.ts';
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
    for (const [cluster, blackouts] of await schedules.allBlackouts())
      for (const one of blackouts) {
        const [open] = openings(one, one.timezone, { from: now, until: now + 1 });
        const until = open?.until ?? null;
        if (until === null || (shut.get(cluster)?.until ?? 0) >= until) continue;
        const over = absolute(new Date(until).toISOString());
        shut.set(cluster, {
          because: `Nothing scheduled begins before ${over}: ${one.reason}`,
          until,
        });
      }
    return ({ slot, cluster }) =>
      slot === null ? null : (shut.get(cluster) ?? heldBack(slot, resources.closed(cluster), now));
  };

/** Until the cluster has room, and at most for an hour after the slot. */
function heldBack(slot: string, because: string | null, now: number): Shut | null {
  const until = Date.parse(slot) + heldFor;
  if (because === null || now >= until) return null;
  const latest = absolute(new Date(until).toISOString());
  return { because: `It waits for room, until ${latest} at most: ${because}.`, until };
}
