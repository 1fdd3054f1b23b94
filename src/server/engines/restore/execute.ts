import type { RestoreJournal, RunContext } from '../engine.ts';
import type { Numbered, Patience, Execution } from './execution.types.ts';
import { defaultPatience } from './execution.types.ts';
import { restoreStep } from './execute-step.ts';
import { discoverKinds } from './kinds.ts';
import { steps } from './order.models.ts';
import { type Ledger, createLedger } from './ledger.ts';
import type { RestoreGiven } from './restore.types.ts';

export type ExecuteGiven = RestoreGiven & {
  /** Those of the plan in their order. */
  decisions: AsyncIterable<Numbered>;
  total: number;
  journal: RestoreJournal;
  patience?: Partial<Patience>;
};

/**
 * Carries a plan out, step by step. One object that fails never stops the others; what the journal
 * knows is not done twice; cancelling ends between two objects, so that the restore can be taken up.
 * Throws the signal's reason, ApiError when the target cannot be reached at all, and whatever the
 * journal or the source throw.
 */
export async function executeRestore(given: ExecuteGiven, context: RunContext): Promise<void> {
  const x: Execution = {
    client: given.target.client,
    options: given.options,
    context,
    patience: { ...defaultPatience, ...given.patience },
    kinds: await discoverKinds(given.target.client, context.signal),
    resumed: false,
  };
  const ledger = createLedger({ ...given, context });
  try {
    await restoreSteps(x, given, ledger);
    await ledger.finish(x);
  } catch (error) {
    if (!context.signal.aborted) throw error;
    await ledger.breakOff(x);
    throw context.signal.reason;
  } finally {
    await ledger.close();
  }
}

async function restoreSteps(x: Execution, given: ExecuteGiven, ledger: Ledger): Promise<void> {
  for await (const batch of byStep(given.decisions)) {
    const step = batch[0]?.step ?? 0;
    if (step >= steps.rules) await ledger.finish(x);
    await restoreStep(x, { source: given.source, batch, ledger });
    if (step === steps.definitions) x.kinds = await discoverKinds(x.client, x.context.signal);
  }
}

async function* byStep(decisions: AsyncIterable<Numbered>): AsyncGenerator<Numbered[]> {
  let batch: Numbered[] = [];
  for await (const decision of decisions) {
    if (batch[0] && batch[0].step !== decision.step) {
      yield batch;
      batch = [];
    }
    batch.push(decision);
  }
  if (batch.length > 0) yield batch;
}
