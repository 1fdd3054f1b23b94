import type { Run } from '#shared/runs/runs.contract.ts';
import { openings } from '#shared/schedules/window.models.ts';
import { absolute } from '#shared/words/format.models.ts';
import type { Clock } from '../../platform/clock.ts';
import type { SchedulesRepository } from './schedules.repository.ts';

type Shut = { because: string; until: number | null };

type Needs = {
  schedules: Pick<SchedulesRepository, 'allBlackouts'>;
  clock: Clock;
};

/** Why no run of a slot may begin now; what people start by hand always may. */
export const createGate =
  ({ schedules, clock }: Needs) =>
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
    return ({ slot, cluster }) => (slot === null ? null : (shut.get(cluster) ?? null));
  };
