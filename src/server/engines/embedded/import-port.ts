import type { MessagePort } from 'node:worker_threads';
import type { Problem } from '#shared/http/problem.ts';
import { ProblemError } from '../../platform/problems.ts';
import { captureBroken } from './capture.errors.ts';
import { type FedGit, type Importer, type ImportOrder, startImport } from './fast-import.ts';
import type { OnHelper } from './writer-lock.ts';

type Step =
  | { do: 'start'; order: ImportOrder }
  | { do: 'write'; commands: Uint8Array<ArrayBuffer> }
  | { do: 'finish' }
  | { do: 'abort' };
type Call = Step & { id: number };
type Answer = { id: number; problem: Problem | null };

/**
 * Feeds git for a thread that captures. A pipe holds a few dozen objects: fed by the thread that cuts
 * the next page, git would wait for it most of the time. `end`, for a thread that is gone: settled when
 * no git writes for it any more.
 */
export function serveImport(port: MessagePort, onHelper: OnHelper): { end: () => Promise<void> } {
  let importer: FedGit | undefined;
  let known: Promise<void> | undefined;
  const start = (order: ImportOrder) => {
    importer = startImport(order);
    known = importer.group === undefined ? undefined : onHelper(importer.group);
    return known;
  };
  const act = async (step: Step) => {
    if (step.do === 'start') await start(step.order);
    if (step.do === 'write') await importer?.write(step.commands);
    if (step.do === 'finish') {
      await known; // git writes the name of what it took only when this is called
      await importer?.finish();
    }
    if (step.do === 'abort') await importer?.abort();
    if (step.do === 'finish' || step.do === 'abort') importer = undefined;
  };
  port.on('message', (call: Call) => {
    const answer = (problem: Problem | null) =>
      port.postMessage({ id: call.id, problem } satisfies Answer);
    act(call).then(
      () => answer(null),
      (error: unknown) => answer(problemOf(error)),
    );
  });
  return {
    end: async () => {
      port.close();
      await importer?.abort();
    },
  };
}

const problemOf = (error: unknown): Problem =>
  (error instanceof ProblemError ? error : captureBroken(error)).problem;

/** The other end. What is written is given away: its memory belongs to the thread that feeds git. */
export function importThrough(port: MessagePort): (order: ImportOrder) => Importer {
  const waiting = new Map<number, PromiseWithResolvers<void>>();
  let count = 0;
  port.on('message', ({ id, problem }: Answer) => {
    const call = waiting.get(id);
    waiting.delete(id);
    if (problem) call?.reject(new ProblemError(problem));
    else call?.resolve();
  });
  const ask = (step: Step, given: ArrayBuffer[] = []) => {
    const answered = Promise.withResolvers<void>();
    count += 1;
    waiting.set(count, answered);
    port.postMessage({ ...step, id: count } satisfies Call, given);
    return answered.promise;
  };
  return (order) => {
    const started = ask({ do: 'start', order });
    started.catch(() => undefined); // whoever writes next hears of it
    return {
      write: (commands) => ask({ do: 'write', commands }, [commands.buffer]),
      finish: () => ask({ do: 'finish' }),
      abort: () => ask({ do: 'abort' }),
    };
  };
}
