import { randomUUIDv7 } from 'node:crypto';
import { pendingStates } from '#shared/runs/runs.contract.ts';
import { afterTimeout } from '../../platform/after.ts';
import type { Submit } from '../../platform/runs.types.ts';
import type { Going } from './carry.ts';
import { createLine } from './line.ts';
import { letGo } from './put-back.ts';
import { look, type Queue, tell } from './look.ts';
import type { RunnerNeeds } from './runner.types.ts';
import type { Place } from './runs.claims.repository.ts';
import { begun, runUnknown, stopping } from './runs.errors.ts';

export type Runner = ReturnType<typeof createRunner>;

/** Carries out what is queued, whose turn it is, until it is stopped. One per installation. */
export function createRunner({
  after = afterTimeout,
  gate = alwaysOpen,
  ...given
}: Omit<RunnerNeeds, 'stopped' | 'after' | 'gate'> & Partial<Pick<RunnerNeeds, 'after' | 'gate'>>) {
  let stopped = false;
  const going = new Map<string, Going>();
  const queue: Queue = {
    needs: { ...given, after, gate, stopped: () => stopped },
    going,
    doubtful: new Set(),
    announce: ({ run, namespaces }) =>
      given.publish({ type: 'run', cluster: run.cluster, run }, namespaces),
  };
  const line = lineOf(queue);
  return {
    submit: submitTo(queue, line.next),
    /** Looks whose turn it is; called by itself whenever something ends. */
    start: line.next,
    /** Tells those who look on of runs that were queued elsewhere, and looks. */
    announce: async (ids: readonly string[]): Promise<void> => {
      line.next();
      for (const id of ids) await tell(queue, id);
    },
    cancel: (id: string) => cancel(queue, id),
    prioritize: (id: string, place: Place) => prioritize(queue, { id, place }, line.next),
    /** Lets runs end for half of `bound` milliseconds, then makes them end. */
    stop: async (bound: number): Promise<void> => {
      stopped = true;
      await line.stop();
      const ends = Promise.all([...going.values()].map(({ done }) => done));
      await within(ends, bound / 2);
      for (const { controller } of going.values()) controller.abort('stopping');
      await within(ends, bound / 2);
    },
  };
}

const alwaysOpen: RunnerNeeds['gate'] = async () => () => null;

function lineOf(queue: Queue) {
  const { after, log, stopped } = queue.needs;
  const line = createLine({
    look: () => look(queue, onEnd),
    onFailure: (error) => log.error({ err: error }, 'queue could not be read; looking again soon'),
    after,
  });
  const onEnd: Parameters<typeof look>[1] = (end) => {
    if (stopped()) return;
    if (end === 'carried') {
      line.well();
      line.next();
    } else line.again();
  };
  return line;
}

/** Throws `server.stopping`. */
const submitTo =
  (queue: Queue, next: () => void): Submit =>
  async (given, also) => {
    const { runs, clock, stopped } = queue.needs;
    if (stopped()) throw stopping();
    const id = randomUUIDv7();
    await runs.insert(given, { id, now: clock().epochMilliseconds }, also);
    try {
      return (await tell(queue, id)).run;
    } finally {
      next(); // it is queued, whether or not that could be told
    }
  };

/** Throws `runs.unknown`, and `runs.begun` when it waits no more. */
async function prioritize(
  queue: Queue,
  { id, place }: { id: string; place: Place },
  next: () => void,
): Promise<void> {
  if (await queue.needs.claims.setPlace(id, place)) next();
  const { run } = await tell(queue, id);
  if (!pendingStates.includes(run.state)) throw begun(run.state);
}

/** Throws `runs.unknown`. Answers false when the run was over already. */
async function cancel(queue: Queue, id: string): Promise<boolean> {
  const { runs, claims, works, clock } = queue.needs;
  const stored = await runs.find(id);
  if (!stored) throw runUnknown(id);
  const answer = await claims.cancel(id, clock().epochMilliseconds, async (work) =>
    works[stored.run.kind].undo?.(stored, work),
  );
  if (answer === 'requested') queue.going.get(id)?.controller.abort('canceled');
  if (answer === 'canceled') {
    await tell(queue, id);
    await letGo(stored, queue.needs);
  }
  return answer !== 'over';
}

async function within(promise: Promise<unknown>, milliseconds: number): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  await Promise.race([promise, late]);
  clearTimeout(timer);
}
