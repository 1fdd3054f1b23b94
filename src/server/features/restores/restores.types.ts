import * as z from 'zod/mini';
import type { Run } from '#shared/runs/runs.contract.ts';
import type { Engine, EngineCluster } from '../../engines/engine.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import type { Submit } from '../../platform/runs.types.ts';
import type { JournalRepository } from './journal.repository.ts';
import type { PlansRepository } from './plans.repository.ts';

/** What the run of a restore remembers: where what it needs is held. */
export const restoreSpec = z.object({ source: z.string() });
export type RestoreSpec = z.infer<typeof restoreSpec>;

type At = { cluster: string; run: string };

export type RestoreNeeds = {
  plans: PlansRepository;
  journal: JournalRepository;
  engine: Pick<Engine, 'planRestore' | 'planDiff' | 'restore' | 'hold' | 'release'>;
  clock: Clock;
  log: Log;
  submit: Submit;
  /** Throws when the cluster is not there, cannot be reached, or is no longer the same one. */
  clusterOf: (id: string) => Promise<EngineCluster>;
  /** Throws `backups.unknown` also for a backup that this person may not see. */
  assertVisible: (at: { cluster: string; backup: string }, actor: Actor) => Promise<void>;
  showRun: (at: At, actor: Actor) => Promise<Run>;
  listRestores: (
    cluster: string,
    actor: Actor,
    page: { limit: number; cursor?: string | undefined },
  ) => Promise<{ items: Run[]; next: string | null }>;
};
