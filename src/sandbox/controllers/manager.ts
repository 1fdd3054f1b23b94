import type { Change } from '../store/stored.types.ts';
import type { World } from '../world.types.ts';
import type { Controller } from './controller.types.ts';
import { serveDefinition } from './definitions.ts';
import { collectGarbage } from './garbage.ts';
import { lookAfterNamespace, watchEmptied } from './namespaces.ts';
import { runWorkloads } from './workloads.ts';

const controllers: readonly Controller[] = [
  serveDefinition,
  lookAfterNamespace,
  runWorkloads,
  collectGarbage,
  watchEmptied,
];

/** Milliseconds before controllers notice: as quick as a quiet cluster. */
const reaction = 20;

/** Runs the controllers on every change, a moment after it; answers how to stop them. */
export function startControllers(world: World): () => void {
  let queue: Change[] = [];
  let timer: NodeJS.Timeout | undefined;

  const work = () => {
    timer = undefined;
    const due = queue;
    queue = [];
    for (const change of due) for (const control of controllers) control(change, world);
  };
  const unsubscribe = world.store.subscribe((change) => {
    queue.push(change);
    timer ??= setTimeout(work, reaction);
  });
  return () => {
    unsubscribe();
    clearTimeout(timer);
  };
}
