import type { RestoreJournal, RunContext } from '../engine.ts';
import { writesInFlight } from './concurrency.ts';
import type { Execution, Numbered, Result, Task } from './execution.types.ts';
import { createFindOwner, finishObject } from './finishing.ts';
import { forEachBounded } from './pool.ts';

export type Ledger = {
  /** True when an earlier process has settled this object. */
  isKnown: (decision: Numbered) => boolean;
  /** Throws what the journal threw: what cannot be written down is not done. */
  assertWritten: () => void;
  /** Settles an object: journal and progress. */
  settle: (decision: Numbered, result: Result) => void;
  /** Keeps an object for the second pass; it is settled then, and only then. */
  keep: (kept: Kept) => void;
  /** The second pass, over what has been kept so far. */
  finish: (x: Execution) => Promise<void>;
  /**
   * The second pass of a restore that is broken off: owners, but no rules, which would refuse the
   * objects that are still to come when it is taken up again. These stay unsettled and are named.
   */
  breakOff: (x: Execution) => Promise<void>;
  /** Until the journal holds everything. Throws what the journal threw. */
  close: () => Promise<void>;
};

type Kept = {
  task: Task;
  act: () => Promise<Result>;
  /** Brings back what could refuse other objects. */
  isRule: boolean;
};

/** At most this often a screen is told. */
const millisecondsBetweenReports = 100;

type Given = { total: number; journal: RestoreJournal; context: RunContext };

/**
 * Who has been settled. The journal writes in batches: waiting for it object by object would hold
 * every write back by a commit to disk, so entries are awaited at the end; what a crash swallows is
 * recognised as ours by its content.
 */
export function createLedger(given: Given): Ledger {
  const { journal, context } = given;
  const entries = new Set<Promise<void>>();
  const kept: Kept[] = [];
  let failure: { error: unknown } | null = null;
  const report = createReport(given);
  const settle = (decision: Numbered, { outcome, message, uid }: Result) => {
    const entry = journal
      .record({ seq: decision.seq, outcome, message, uid })
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => entries.delete(entry));
    entries.add(entry);
    if (outcome === 'failed') context.log('error', `${decision.path}: ${message ?? ''}`);
    report(`Restoring ${decision.resource}${place(decision)}`);
  };
  const assertWritten = () => {
    if (failure) throw failure.error;
  };
  return {
    assertWritten,
    isKnown: ({ seq }) => {
      const known = journal.known(seq) !== undefined;
      if (known) report('Finding out what had been restored before');
      return known;
    },
    settle,
    keep: (one) => kept.push(one),
    finish: (x) => secondPass(x, kept.splice(0), settle),
    breakOff: async (x) => {
      const [rules, others] = partition(kept.splice(0));
      for (const { task } of rules)
        context.log(
          'warning',
          `${task.decision.path}: the restore ended before its rules (labels, defaults) came back.`,
        );
      await secondPass(x, others, settle);
    },
    close: async () => {
      await Promise.all(entries);
      assertWritten();
    },
  };
}

async function secondPass(
  x: Execution,
  kept: readonly Kept[],
  settle: Ledger['settle'],
): Promise<void> {
  const findOwner = createFindOwner(x);
  await forEachBounded(kept, { limit: writesInFlight }, async ({ task, act }) => {
    settle(task.decision, await finishObject(x, task, { result: await act(), findOwner }));
  });
}

const partition = (kept: readonly Kept[]): [Kept[], Kept[]] => [
  kept.filter(({ isRule }) => isRule),
  kept.filter(({ isRule }) => !isRule),
];

const place = ({ namespace }: Numbered) => (namespace === null ? '' : ` in ${namespace}`);

/** Counts one more object each time, and tells so often as a screen can show it. */
function createReport({ total, context }: Given): (doing: string) => void {
  let done = 0;
  let reported = -Infinity;
  return (doing) => {
    done += 1;
    if (performance.now() - reported < millisecondsBetweenReports && done < total) return;
    reported = performance.now();
    context.progress({ doing, items: { done, total }, bytes: { done: 0, total: null } });
  };
}
