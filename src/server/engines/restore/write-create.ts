import { printJson } from '#shared/json/lossless.ts';
import { ApiError } from '../../kubernetes/api-error.ts';
import {
  type TakenAddress,
  releaseAddress,
  sayReleased,
  takenAddress,
} from './addresses.models.ts';
import { type Body, parseBody, textAt, uidOf, withField } from './body.models.ts';
import { sayReleasedVolume, sayVolumeGone, volumeUse } from './volumes.models.ts';
import type { Execution, Posted, Result, Task } from './execution.types.ts';
import { finishJob, writeStatus } from './write-status.ts';
import { meetExisting } from './meet-existing.ts';
import { ownersOf } from './owners.models.ts';
import { creationOf } from './prepare.models.ts';
import { alreadyExists } from './refusals.models.ts';
import { beforeNextTry } from './retry.ts';
import { addressOf, getLive, waitUntilServed } from './waits.ts';

/** One POST for a plain object; more only where the kind, a taken address or an obstacle asks for it. */
export async function createObject(x: Execution, task: Task): Promise<Result> {
  const creation = creationOf(task.wanted, {
    resource: task.decision.resource,
    stored: task.stored,
  });
  const volume = await claimable(x, task, creation.early);
  const posted = await post(x, task, volume.body);
  if (x.options.dryRun) return { ...posted, message: join(volume.message, posted.message, asked) };
  if (posted.outcome === 'conflict') return posted;
  const more = await afterCreation(x, task, { posted, finishedJob: creation.finishedJob });
  return {
    outcome: posted.outcome,
    message: join(volume.message, posted.message, more),
    uid: posted.uid,
    owners: ownersOf(task.wanted),
    late: creation.late,
  };
}

export const asked = 'Only asked: nothing was written.';

export const join = (...sentences: readonly (string | null)[]): string | null =>
  sentences.filter((sentence) => sentence !== null).join(' ') || null;

async function post(x: Execution, task: Task, body: Body): Promise<Posted> {
  const released: TakenAddress[] = [];
  let sent = body;
  for (let failures = 1; ; failures += 1) {
    try {
      const { name: _, ...at } = addressOf(task);
      const answer = await x.client.create(at, printJson(sent), { dryRun: x.options.dryRun });
      const live = parseBody(answer);
      const message = released.length > 0 ? sayReleased(body, released, live) : null;
      return { outcome: 'created', message, uid: uidOf(live), live };
    } catch (error) {
      const taken =
        error instanceof ApiError && task.decision.resource === 'services'
          ? takenAddress(error.message)
          : null;
      if (taken && !released.includes(taken)) {
        released.push(taken);
        sent = releaseAddress(sent, taken);
        continue;
      }
      const met =
        error instanceof ApiError && alreadyExists(error)
          ? await meetExisting(x, task, failures)
          : null;
      if (met) return met;
      await beforeNextTry(x, error, failures);
    }
  }
}

async function afterCreation(
  x: Execution,
  task: Task,
  { posted, finishedJob }: { posted: Posted; finishedJob: boolean },
): Promise<string | null> {
  if (finishedJob) return finishJob(x, task, posted.live);
  if (task.status === 'asked') return writeStatus(x, task, posted.live);
  if (task.decision.resource === 'customresourcedefinitions.apiextensions.k8s.io')
    return waitUntilServed(x, task);
  return null;
}

/** A claim that names a volume which is not there for it would wait for ever. */
async function claimable(
  x: Execution,
  task: Task,
  body: Body,
): Promise<{ body: Body; message: string | null }> {
  const name = textAt(body, ['spec', 'volumeName']);
  if (task.decision.resource !== 'persistentvolumeclaims' || name === '')
    return { body, message: null };
  const resource = {
    ...task.kind,
    plural: 'persistentvolumes',
    kind: 'PersistentVolume',
    namespaced: false,
  };
  const volume = await getLive(x.client, { resource, name });
  const use = volume ? volumeUse(volume) : null;
  if (use?.claim === '') return { body, message: null };
  if (use?.claim === `${task.decision.namespace}/${task.decision.name}`)
    return { body, message: use.isReleased ? sayReleasedVolume(name) : null };
  return { body: withField(body, ['spec', 'volumeName'], undefined), message: sayVolumeGone(name) };
}
