import { printJson } from '#shared/json/lossless.ts';
import { ApiError } from '../../kubernetes/api-error.ts';
import { releaseAddress, sayReleased, takenAddress } from './addresses.models.ts';
import { type Body, isLeaving, parseBody, resourceVersionOf, uidOf } from './body.models.ts';
import type { Execution, Result, Task } from './execution.types.ts';
import { fingerprint } from './fingerprint.ts';
import { mergeForUpdate } from './merge.models.ts';
import { isReleased } from './volumes.models.ts';
import { normalisedText } from './normalise.models.ts';
import { ownersOf } from './owners.models.ts';
import { beforeNextTry } from './retry.ts';
import { addressOf, getLive } from './waits.ts';
import { asked, join } from './write-create.ts';
import { writeStatus } from './write-status.ts';

const untouched = 'it was left as it is. Make a new plan to see what differs now.';

/** Reads, compares with what the plan saw, writes with the version just read; on 409 again from the start. */
export async function updateObject(x: Execution, task: Task): Promise<Result> {
  for (let failures = 1; ; failures += 1) {
    const live = await getLive(x.client, addressOf(task));
    const changed = whatChanged(task, live);
    if (!live || changed) return changed ?? gone;
    try {
      return await put(x, task, live);
    } catch (error) {
      await beforeNextTry(x, error, failures);
    }
  }
}

const conflict = (message: string, uid: string | null = null): Result => ({
  outcome: 'conflict',
  message,
  uid,
});
const gone = conflict(
  'It was deleted since the plan; nothing was made in its place. Make a new plan to bring it back.',
);

/** Null: the live object is the one that the plan saw. Sameness with the backup is no conflict. */
export function whatChanged(task: Task, live: Body | null): Result | null {
  const { decision, strip, sealed } = task;
  if (!live || isLeaving(live)) return gone;
  const uid = uidOf(live);
  if (isAsWanted(task, live))
    return { outcome: isAsPlanned(task, live) ? 'unchanged' : 'updated', message: null, uid };
  if (uid !== decision.liveUid)
    return conflict(`It was deleted and made anew since the plan; ${untouched}`, uid);
  return fingerprint(live, { ...strip, sealed }) === decision.liveHash
    ? null
    : conflict(`It changed since the plan; ${untouched}`, uid);
}

const isAsPlanned = ({ decision, strip, sealed }: Task, live: Body): boolean =>
  uidOf(live) === decision.liveUid && fingerprint(live, { ...strip, sealed }) === decision.liveHash;

/** Nothing is left to be written, owners included. */
function isAsWanted(task: Task, live: Body): boolean {
  const { strip, decision } = task;
  if (decision.resource === 'persistentvolumes' && isReleased(live)) return false;
  const { body, missingOwners } = mergeForUpdate({
    resource: decision.resource,
    keepStatus: strip.keepStatus,
    wanted: task.wanted,
    live,
  });
  return missingOwners.length === 0 && normalisedText(body, strip) === normalisedText(live, strip);
}

async function put(x: Execution, task: Task, live: Body): Promise<Result> {
  const { body, missingOwners } = mergeForUpdate({
    resource: task.decision.resource,
    keepStatus: task.strip.keepStatus,
    wanted: task.wanted,
    live,
  });
  const { answer, message } = await send(x, task, { body, live });
  if (x.options.dryRun)
    return { outcome: 'updated', message: join(message, asked), uid: uidOf(live) };
  const more = task.status === 'asked' ? await writeStatus(x, task, answer) : null;
  const isSame =
    resourceVersionOf(answer) === resourceVersionOf(live) && missingOwners.length === 0;
  return {
    outcome: isSame && task.status !== 'asked' ? 'unchanged' : 'updated',
    message: join(message, more),
    uid: uidOf(answer),
    owners: missingOwners.length === 0 ? [] : [...ownersOf(body), ...missingOwners],
  };
}

/** A node port that another Service took since the backup stays with that one. */
async function send(
  x: Execution,
  task: Task,
  { body, live }: { body: Body; live: Body },
): Promise<{ answer: Body; message: string | null }> {
  const write = async (given: Body) =>
    parseBody(
      await x.client.update(addressOf(task), printJson(given), { dryRun: x.options.dryRun }),
    );
  try {
    return { answer: await write(body), message: null };
  } catch (error) {
    const taken =
      error instanceof ApiError && task.decision.resource === 'services'
        ? takenAddress(error.message)
        : null;
    if (taken !== 'nodePort') throw error;
    const answer = await write(releaseAddress(body, taken, live));
    return { answer, message: sayReleased(body, [taken], answer) };
  }
}
