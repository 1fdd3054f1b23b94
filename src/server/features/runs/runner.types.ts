import type { Run, RunKind } from '#shared/runs/runs.contract.ts';
import type { RunContext } from '../../engines/engine.ts';
import type { After } from '../../platform/after.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Publish } from '../../platform/live.ts';
import type { Log } from '../../platform/log.ts';
import type { Work } from '../../platform/runs.types.ts';
import type { Closed } from './queue.models.ts';
import type { ClaimsRepository } from './runs.claims.repository.ts';
import type { RunsRepository } from './runs.repository.ts';

/** Every kind of run there is, and how it is carried out. */
export type Works = Readonly<Record<RunKind, Work<RunContext>>>;

export type RunnerNeeds = {
  runs: RunsRepository;
  claims: ClaimsRepository;
  works: Works;
  publish: Publish;
  /** Told of every run that ended, for measurements. */
  onEnd?: (run: Run) => void;
  /** True when the process is about to end: nothing is tried again. */
  stopped: () => boolean;
  clock: Clock;
  /** Asked at each look: whether a run may begin at all now, whatever else goes on. */
  gate: () => Promise<Closed<Run>>;
  after: After;
  log: Log;
  /** Called when the end of a run cannot be written: makes room where the disk is full. */
  makeRoom: () => Promise<void>;
};
