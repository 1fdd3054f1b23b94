import { randomUUIDv7 } from 'node:crypto';
import type { Run } from '#shared/runs/runs.contract.ts';
import type { RunContext } from '../../engines/engine.ts';
import type { Db } from '../../platform/database/database.ts';
import type { Submit, StoredRun, Work } from '../../platform/runs.types.ts';
import { carry, type Going } from './carry.ts';
import { turns } from './queue.models.ts';
import type { RunnerNeeds } from './runner.types.ts';
import { runUnknown, stopping } from './runs.errors.ts';

export type Runner = ReturnType<typeof createRunner>;

type Queue = {
  needs: RunnerNeeds;
  going: Map<string, Going>;
  announce: (stored: Pick<StoredRun, 'run' | 'namespaces'>) => void;
  /** Looks whose turn it is, after whatever is being looked at now. */
  next: () => void;
};

/** Carries out what is queued, whose turn it is, until it is stopped. One per installation. */
export function createRunner(given: Omit<RunnerNeeds, 'stopped'>) {
  let line: Promise<void> = Promise.resolve();
  let stopped = false;
  const going = new Map<string, Going>();
  const needs: RunnerNeeds = { ...given, stopped: () => stopped };
  const queue: Queue = {
    needs,
    going,
    announce: ({ run, namespaces }) =>
      given.publish({ type: 'run', cluster: run.cluster, run }, namespaces),
    next: () => {
      line = line.then(() => look(queue)).catch(needsLog(given.log));
    },
  };
  return {
    submit: asSubmit(async (run, also) => {
      if (stopped) throw stopping();
      return submit(queue, run, also);
    }),
    /** Looks whose turn it is; called by itself whenever something ends. */
    start: queue.next,
    cancel: (id: string) => cancel(queue, id),
    /** Lets runs end for half of `bound` milliseconds, then makes them end. */
    stop: async (bound: number): Promise<void> => {
      stopped = true;
      await line;
      const ends = Promise.all([...going.values()].map(({ done }) => done));
      await within(ends, bound / 2);
      for (const { controller } of going.values()) controller.abort('stopping');
      await within(ends, bound / 2);
    },
  };
}

/** `also` stays optional for those who call. */
const asSubmit = (act: Submit): Submit => act;

const needsLog = (log: RunnerNeeds['log']) => (error: unknown) =>
  log.error({ err: error }, 'queue could not be read');

async function submit(queue: Queue, ...[given, also]: Parameters<Submit>): Promise<Run> {
  const { runs, clock } = queue.needs;
  const id = randomUUIDv7();
  await runs.insert(given, { id, now: clock().epochMilliseconds }, also);
  const { run } = await tell(queue, id);
  queue.next();
  return run;
}

async function look(queue: Queue): Promise<void> {
  const { needs, going } = queue;
  if (needs.stopped()) return;
  const pending = await needs.runs.unfinished(['queued', 'waiting']);
  const waiting = new Map(
    pending.filter(({ run }) => !going.has(run.id)).map((stored) => [stored.run.id, stored]),
  );
  const now = [...going.values()].map(({ run }) => run);
  for (const turn of turns(
    [...waiting.values()].map(({ run }) => run),
    now,
  )) {
    const stored = waiting.get(turn.id);
    if (stored && turn.waitsFor === null) await begin(queue, stored);
    else if (turn.waitsFor !== null && (await needs.claims.setWaiting(turn.id, turn.waitsFor)))
      await tell(queue, turn.id);
  }
}

async function begin({ needs, going, announce, next }: Queue, stored: StoredRun): Promise<void> {
  const { id } = stored.run;
  const entry: Going = {
    run: stored.run,
    controller: new AbortController(),
    done: Promise.resolve(),
  };
  going.set(id, entry); // before the claim, so that a cancel finds whom to tell
  const claim = await needs.claims.claim(id, needs.clock().epochMilliseconds);
  const claimed = claim && (await needs.runs.find(id));
  if (!claim || !claimed) {
    going.delete(id);
    return;
  }
  entry.done = carry({ claim, stored: claimed, entry, announce }, needs)
    .catch((error: unknown) => needs.log.error({ err: error, run: id }, 'run left unfinished'))
    .finally(() => {
      going.delete(id);
      next();
    });
}

/** Throws `runs.unknown`. Answers false when the run was over already. */
async function cancel(queue: Queue, id: string): Promise<boolean> {
  const { runs, claims, works, clock } = queue.needs;
  const stored = await runs.find(id);
  if (!stored) throw runUnknown(id);
  const answer = await claims.cancel(id, clock().epochMilliseconds, (work) =>
    undo(works[stored.run.kind], stored, work),
  );
  if (answer === 'requested') queue.going.get(id)?.controller.abort('canceled');
  if (answer === 'canceled') await tell(queue, id);
  return answer !== 'over';
}

async function tell({ needs, announce }: Queue, id: string): Promise<StoredRun> {
  const stored = await needs.runs.find(id);
  if (!stored) throw runUnknown(id);
  announce(stored);
  return stored;
}

const undo = async (of: Work<RunContext>, run: StoredRun, work: Db): Promise<void> =>
  of.undo?.(run, work);

async function within(promise: Promise<unknown>, milliseconds: number): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  await Promise.race([promise, late]);
  clearTimeout(timer);
}
