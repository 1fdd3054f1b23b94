import { pendingStates, type Run } from '#shared/runs/runs.contract.ts';
import type { StoredRun } from '../../platform/runs.types.ts';
import { carry, type Going, isFenced } from './carry.ts';
import { putBack } from './put-back.ts';
import { inOrder } from './queue-order.models.ts';
import { turns } from './queue.models.ts';
import type { RunnerNeeds } from './runner.types.ts';
import { runUnknown } from './runs.errors.ts';

export type Queue = {
  needs: RunnerNeeds;
  going: Map<string, Going>;
  /** Left by an error, perhaps claimed: back into the queue before anything else. */
  doubtful: Set<string>;
  announce: (stored: Pick<StoredRun, 'run' | 'namespaces'>) => void;
};

/** What became of a run that a look has begun. */
type OnEnd = (end: 'carried' | 'left') => void;

/** Begins whatever has its turn, and tells the others why they wait. Throws what the database throws. */
export async function look(queue: Queue, onEnd: OnEnd): Promise<void> {
  const { needs, going } = queue;
  if (needs.stopped()) return;
  await settleDoubts(queue);
  const pending = await needs.runs.unfinished(pendingStates);
  const waiting = new Map(
    pending.filter(({ run }) => !going.has(run.id)).map((stored) => [stored.run.id, stored]),
  );
  const now = [...going.values()].map(({ run }) => run);
  const closed = await needs.gate();
  for (const turn of turns(inTurnOf([...waiting.values()], needs), now, closed)) {
    const stored = waiting.get(turn.id);
    if (stored && turn.waitsFor === null) await begin(queue, stored, onEnd);
    else if (turn.waitsFor !== null && (await needs.claims.setWaiting(turn.id, turn.waitsFor)))
      await tell(queue, turn.id);
  }
}

const inTurnOf = (waiting: readonly StoredRun[], { clock }: RunnerNeeds): Run[] =>
  inOrder(
    waiting.map(({ run, rank }) => ({ ...run, run, rank, createdAt: Date.parse(run.createdAt) })),
    clock().epochMilliseconds,
  ).map(({ run }) => run);

/** A claim may have been made although its answer was lost. Nobody else holds it: one process works. */
async function settleDoubts(queue: Queue): Promise<void> {
  const { needs, doubtful } = queue;
  for (const id of doubtful) {
    const stored = await needs.runs.find(id);
    if (stored) await putBack(stored, needs);
    doubtful.delete(id);
    if (stored) await tell(queue, id);
  }
}

async function begin(queue: Queue, { run }: StoredRun, onEnd: OnEnd): Promise<void> {
  const { needs, going, announce } = queue;
  const { id } = run;
  const entry: Going = { run, controller: new AbortController(), done: Promise.resolve() };
  going.set(id, entry); // before the claim, so that a cancel finds whom to tell
  const claim = await claimIt(queue, id);
  if (!claim) return;
  const { stored } = claim;
  entry.done = carry({ claim, stored, entry, announce }, needs)
    .then(() => 'carried' as const)
    .catch((error: unknown) => {
      needs.log.error({ err: error, run: id }, 'run left unfinished');
      if (!isFenced(error)) queue.doubtful.add(id);
      return 'left' as const;
    })
    .then((end) => {
      going.delete(id);
      onEnd(end);
    });
}

/** Undefined when somebody else was first, or it was canceled meanwhile. */
async function claimIt({ needs, going, doubtful }: Queue, id: string) {
  try {
    const claim = await needs.claims.claim(id, needs.clock().epochMilliseconds);
    if (!claim) going.delete(id);
    return claim;
  } catch (error) {
    going.delete(id);
    doubtful.add(id);
    throw error;
  }
}

export async function tell({ needs, announce }: Queue, id: string): Promise<StoredRun> {
  const stored = await needs.runs.find(id);
  if (!stored) throw runUnknown(id);
  announce(stored);
  return stored;
}
