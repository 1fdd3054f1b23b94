import type { Run } from '#shared/runs/runs.contract.ts';
import type { Durations } from '#shared/schedules/schedule.contract.ts';
import type { Log } from '../../platform/log.ts';
import type { SchedulesRepository } from './schedules.repository.ts';
import type { SlotsRepository } from './slots.repository.ts';

type Needs = {
  schedules: Pick<SchedulesRepository, 'setDurations'>;
  slots: Pick<SlotsRepository, 'lengths'>;
  log: Log;
};

/** After each run of a schedule: how long the last comparable ones took. */
export const createLearning =
  ({ schedules, slots, log }: Needs) =>
  (run: Run): void => {
    const { cluster, schedule, state } = run;
    if (schedule === null || (state !== 'completed' && state !== 'partial')) return;
    const at = { cluster, schedule };
    void slots
      .lengths(at)
      .then((lengths) => schedules.setDurations(at, durationsOf(lengths)))
      .catch((error: unknown) =>
        log.warn({ err: error, ...at }, 'how long it takes was not noted'),
      );
  };

/** Nearest-rank percentiles, milliseconds. */
export function durationsOf(lengths: readonly number[]): Durations {
  const sorted = lengths.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), runs: sorted.length };
}
