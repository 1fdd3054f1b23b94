import type { Priority } from '../../runs/runs.contract.ts';
import type { RetentionPolicy } from '../retention/retention.types.ts';
import type { Frequency, Timetable, TimetableFault } from '../timetable.models.ts';
import type { Closed } from '../blackouts.models.ts';

/** A schedule as the simulation sees it. Lengths are milliseconds. */
export type Simulated = {
  name: string;
  /** The reader may not see it: the name is none. */
  isForeign: boolean;
  frequency: Frequency;
  /** Null: `fault` says why it cannot be used. */
  timetable: Timetable | null;
  fault: TimetableFault | null;
  jitter: number;
  namespaces: readonly string[] | 'all';
  excluded: readonly string[];
  /** What of its namespaces it takes, and how; equal texts take the same. */
  takes: string;
  /** How long a run takes; `assumed`: nothing comparable ran yet. */
  duration: { p50: number; p90: number; assumed: boolean };
  overlap: 'skip' | 'wait';
  priority: Priority;
  /** Null: for ever. */
  retention: RetentionPolicy | null;
  targetRpo: number | null;
  /** No slot before this; Infinity: paused until somebody resumes it. */
  pausedUntil: number | null;
  /** What a run adds to its location, bytes; null: not known. */
  bytesPerRun: number | null;
};

/** The world around the schedules of one cluster. */
export type World = {
  now: number;
  /** Stretches in which nothing begins, in order, with the reason; a week further than the slots. */
  blackouts: readonly Closed[];
  /** The namespaces that there are; null: nobody knows. */
  namespaces: readonly string[] | null;
  /** Where the backups are kept. `free`: bytes; null: not known. */
  location: {
    name: string;
    state: 'available' | 'unavailable' | 'readOnly' | 'unknown';
    free: number | null;
  };
};

/** Schedules that one can do the work of; more are no button any more. */
export const mostReplaced = 100;

export const simulatedDays = 14;
