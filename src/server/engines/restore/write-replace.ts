import { ApiError } from '../../kubernetes/api-error.ts';
import { isLeaving, uidOf } from './body.models.ts';
import type { Execution, Result, Task } from './execution.types.ts';
import { checkReplace } from './plan-check.ts';
import { creationOf } from './prepare.models.ts';
import { isMissing } from './refusals.models.ts';
import { beforeNextTry } from './retry.ts';
import { addressOf, getLive, waitUntilGone } from './waits.ts';
import { asked, createObject } from './write-create.ts';
import { whatChanged } from './write-update.ts';

/**
 * DELETE of exactly the object that the plan saw, wait, POST. After a crash in between, the missing
 * object is simply created, and one that equals the backup is our own.
 */
export async function replaceObject(x: Execution, task: Task): Promise<Result> {
  const live = await getLive(x.client, addressOf(task));
  if (!live || uidOf(live) !== task.decision.liveUid) return createAnew(x, task);
  const changed = isLeaving(live) ? null : whatChanged(task, live);
  if (changed) return changed;
  if (x.options.dryRun) return { outcome: 'replaced', message: asked, uid: uidOf(live) };
  const refusal = await whyNotAnew(x, task, uidOf(live));
  if (refusal) return refusal;
  await remove(x, task, uidOf(live));
  const obstacle = await waitUntilGone(x, task, uidOf(live));
  if (obstacle !== null) return { outcome: 'failed', message: obstacle, uid: uidOf(live) };
  return createAnew(x, task);
}

/** Asked once more before anything is deleted: a quota may be full by now. */
async function whyNotAnew({ client }: Execution, task: Task, uid: string): Promise<Result | null> {
  const { decision, kind, sealed, stored, wanted } = task;
  const body = creationOf(wanted, { resource: decision.resource, stored }).early;
  const check = await checkReplace({ target: { client }, kind, place: decision, body, sealed });
  return check.allowed
    ? null
    : { outcome: 'failed', message: `It was left as it is. ${check.reason ?? ''}`, uid };
}

async function createAnew(x: Execution, task: Task): Promise<Result> {
  const result = await createObject(x, task);
  return result.outcome === 'conflict' ? result : { ...result, outcome: 'replaced' };
}

async function remove(x: Execution, task: Task, uid: string): Promise<void> {
  for (let failures = 1; ; failures += 1) {
    try {
      await x.client.delete(addressOf(task), { uid, propagation: 'Background' });
      return;
    } catch (error) {
      if (error instanceof ApiError && isMissing(error)) return;
      await beforeNextTry(x, error, failures);
    }
  }
}
