import type { RetentionPoint } from '#shared/schedules/retention/retention.types.ts';
import type { World } from '#shared/schedules/simulation/simulation.types.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Publish } from '../../platform/live.ts';
import type { Reach, Submit } from '../../platform/runs.types.ts';
import type { SchedulesRepository } from './schedules.repository.ts';
import type { Usual } from './simulated.models.ts';
import type { SlotsRepository } from './slots.repository.ts';

export type SchedulesNeeds = {
  schedules: SchedulesRepository;
  slots: SlotsRepository;
  clock: Clock;
  publish: Publish;
  submit: Submit;
  /** The scheduler looks again: something about schedules has changed. */
  wake: () => void;
  /** Throws when there is no such cluster. */
  assertKnown: (cluster: string) => Promise<void>;
  /** What runs of this cluster usually take and add. */
  usualOf: (cluster: string) => Promise<Usual>;
  /** The namespaces that there are; null: nobody knows now. */
  namesIn: (cluster: string) => Promise<readonly string[] | null>;
  locationOf: (cluster: string) => Promise<World['location']>;
  /** The backups of a schedule, as retention sees them. */
  pointsOf: (at: { cluster: string; schedule: string }) => Promise<RetentionPoint[]>;
  /** What it takes, and what is in its backups. */
  namespacesKeptBy: (cluster: string, schedule: string) => Promise<Reach>;
  takenNames: (cluster: string) => Promise<ReadonlySet<string>>;
  /** Whether who may see these namespaces may see what is about those. */
  isVisible: (namespaces: Reach, reach: Reach) => boolean;
  /** Queues the deletion of a backup; throws when it is pinned or is being deleted. */
  deleteBackup: (at: { cluster: string; backup: string }, actor: Actor) => Promise<unknown>;
  /** Ends a run that has not begun. */
  cancelRun: (id: string) => Promise<unknown>;
  /** One after the other: two that come together must not get one name, or miss each other. */
  inTurn: <T>(work: () => Promise<T>) => Promise<T>;
};
