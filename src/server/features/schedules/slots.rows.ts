import { run as runSchema } from '#shared/runs/runs.contract.ts';
import { type MeasuredSlot, type Slot, slot } from '#shared/schedules/schedule.contract.ts';
import type { Tables } from '../../platform/tables.ts';
import { bytesAdded } from './bytes-added.models.ts';

/** Of a slot and, where there is one, its run. */
export const slotColumns = [
  'slot.at as at',
  'slot.state as state',
  'slot.reason as reason',
  'slot.decided_at as decided_at',
  'run.id as run',
  'run.state as run_state',
  'run.backup as backup',
  'run.started_at as started_at',
  'run.finished_at as finished_at',
] as const;

type SlotRow = Pick<Tables['slot'], 'at' | 'state' | 'reason' | 'decided_at' | 'run'> & {
  run_state: string | null;
  backup: string | null;
  started_at: number | null;
  finished_at: number | null;
};

export function readSlot(row: SlotRow): Slot {
  const { run, run_state: state } = row;
  return {
    at: iso(row.at),
    state: slot.shape.state.parse(row.state),
    reason: row.reason,
    decidedAt: iso(row.decided_at),
    run:
      run === null || state === null
        ? null
        : {
            id: run,
            state: runSchema.shape.state.parse(state),
            backup: row.backup,
            startedAt: isoOrNull(row.started_at),
            finishedAt: isoOrNull(row.finished_at),
          },
  };
}

const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

export const readMeasured = (
  row: SlotRow & { result: string | null; size: number | null },
): MeasuredSlot => ({
  ...readSlot(row),
  size: row.size,
  added: bytesAdded(row.result),
});
