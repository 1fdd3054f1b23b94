import { type JsonObject, isObject, printJson } from '#shared/json/lossless.ts';
import { ApiError } from '../../kubernetes/api-error.ts';
import { type Body, fieldAt, parseBody, withField } from './body.models.ts';
import { isFinishedJob } from './cluster-made.models.ts';
import type { Execution, Task } from './execution.types.ts';
import { finishedStatus, wantsSuspension } from './finished-job.models.ts';
import { explain } from './refusals.models.ts';
import { beforeNextTry } from './retry.ts';
import { addressOf, getLive } from './waits.ts';

/**
 * Tells the API server that a held job is over, then lets go of it: its controller leaves finished jobs
 * alone. Null when that worked; else the sentence, and the job stays held rather than run again.
 */
export async function finishJob(x: Execution, task: Task, live: Body): Promise<string | null> {
  try {
    if (!isFinishedJob(task.decision.resource, live))
      await putStatus(x, task, { live, status: finishedStatus(task.stored) });
    if (!wantsSuspension(task.stored)) await patch(x, task, { spec: { suspend: false } });
    return null;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return `It came back suspended and will not run, because its status was refused. ${explain(error, task)}`;
  }
}

/** Writes the status of the backup, as asked for. Null when that worked; else the sentence. */
export async function writeStatus(x: Execution, task: Task, live: Body): Promise<string | null> {
  const status = fieldAt(task.wanted, ['status']);
  if (!isObject(status)) return null;
  try {
    await putStatus(x, task, { live, status });
    return null;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return `Its status could not be written. ${explain(error, task)}`;
  }
}

/** Its controller may write at the same time: then with the version as it is now, once more. */
async function putStatus(
  x: Execution,
  task: Task,
  given: { live: Body; status: JsonObject },
): Promise<void> {
  let live: Body | null = given.live;
  for (let failures = 1; live; failures += 1) {
    try {
      const body = printJson(withField(live, ['status'], given.status));
      parseBody(await x.client.update(addressOf(task), body, { subresource: 'status' }));
      return;
    } catch (error) {
      await beforeNextTry(x, error, failures);
      live = await getLive(x.client, addressOf(task));
    }
  }
}

/** A merge patch, tried again when the server is in trouble. */
export async function patch(x: Execution, task: Task, change: JsonObject): Promise<void> {
  for (let failures = 1; ; failures += 1) {
    try {
      await x.client.patch(addressOf(task), { type: 'merge', body: printJson(change) });
      return;
    } catch (error) {
      await beforeNextTry(x, error, failures);
    }
  }
}
