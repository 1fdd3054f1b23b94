import type { Engine, RunContext } from '../../engines/engine.ts';
import type { Work } from '../../platform/runs.types.ts';

/** Gives back the space of deleted backups. It never removes anything that is still needed. */
export const maintenanceWork = ({
  engine,
}: {
  engine: Pick<Engine, 'maintain'>;
}): Work<RunContext> => ({
  carryOut: async ({ run }, context) => {
    const { bytesFreed } = await engine.maintain({ cluster: run.cluster }, context);
    return { state: 'completed', problem: null, result: { bytesFreed } };
  },
});
