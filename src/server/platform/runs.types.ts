import type { Problem } from '#shared/http/problem.ts';
import type { Priority, Run, RunKind } from '#shared/runs/runs.contract.ts';
import type { Db } from './database/database.ts';

/** Namespaces of one cluster that a call or a reader reaches; `all`: the whole cluster. */
export type Reach = readonly string[] | 'all';

export type NewRun = {
  cluster: string;
  kind: RunKind;
  backup: string | null;
  plan: string | null;
  namespaces: Reach;
  /** What it is asked to do: JSON that its kind wrote and reads again. Nothing secret unsealed. */
  spec: unknown;
  createdBy: string;
  /** Otherwise `high`: a person asked for it. */
  priority?: Priority;
  /** Place within its priority, lowest first; otherwise when it was asked for. */
  rank?: number;
  /** The schedule and the slot that ask for it. */
  schedule?: string;
  slotAt?: number;
};

/** A run with what people do not see of it. */
export type StoredRun = {
  run: Run;
  namespaces: Reach;
  spec: unknown;
  fence: number;
  rank: number;
};

/** Queues a run; `also` is written in the same transaction, and both or neither is there. */
export type Submit = (
  given: NewRun,
  also?: (work: Db, run: string) => Promise<void>,
) => Promise<Run>;

/** How a run ended. `commit` is written in one transaction with the end. */
export type WorkEnd = {
  state: 'completed' | 'partial' | 'failed';
  problem: Problem | null;
  result: Record<string, number>;
  commit?: (work: Db) => Promise<void>;
};

/**
 * One kind of run. `undo`: what has to be put back, in one transaction with its end, when it did not
 * come to that by itself. `release`: what it held outside of the database, given back after every end;
 * a failure is logged and changes nothing about the run.
 */
export type Work<Context> = {
  carryOut: (run: StoredRun, context: Context) => Promise<WorkEnd>;
  undo?: (run: StoredRun, work: Db) => Promise<void>;
  release?: (run: StoredRun) => Promise<void>;
};
