import { printJson } from '#shared/json/lossless.ts';
import { ApiError } from '../../kubernetes/api-error.ts';
import { releaseAddress } from './addresses.models.ts';
import { type Body, isLeaving, parseBody, uidOf } from './body.models.ts';
import type { Execution, Posted, Task } from './execution.types.ts';
import { mergeForUpdate, withOwners } from './merge.models.ts';
import { normalisedText } from './normalise.models.ts';
import { creationOf } from './prepare.models.ts';
import { isAsPut, isPutEverywhere, wroteOver } from './put-everywhere.models.ts';
import { beforeNextTry } from './retry.ts';
import { strip } from './strip.models.ts';
import { addressOf, getLive, waitUntilGone } from './waits.ts';

/**
 * Something stands where the plan saw nothing. It may be our own work (from before a crash, or a POST
 * whose answer was lost), something the cluster puts into every namespace, something on its way out,
 * or somebody else's, which is left alone. Null: the place is free now.
 */
export async function meetExisting(
  x: Execution,
  task: Task,
  failures: number,
): Promise<Posted | null> {
  const live = await getLive(x.client, addressOf(task));
  if (!live) return null;
  if (isLeaving(live)) {
    const obstacle = x.options.dryRun
      ? 'What stands in its place is being deleted.'
      : await waitUntilGone(x, task, uidOf(live));
    if (obstacle !== null)
      throw new ApiError({ status: 409, reason: 'AlreadyExists', message: obstacle });
    return null;
  }
  const found = { uid: uidOf(live), live, message: null };
  if (equalsOurs(task, live))
    return { ...found, outcome: x.resumed || failures > 1 ? 'created' : 'unchanged' };
  if (isPutEverywhere(task.decision.resource, task.decision.name)) return overwrite(x, task);
  return somebodyElses(live);
}

const somebodyElses = (live: Body): Posted => ({
  outcome: 'conflict',
  message: 'It was made by somebody else since the plan, and differs; it was left alone.',
  uid: uidOf(live),
  live,
});

/** Equal to what we POST, or to what it becomes afterwards: owners and late fields may still be missing. */
function equalsOurs({ decision, strip, stored, wanted }: Task, live: Body): boolean {
  const { resource } = decision;
  const text = (body: Body) => normalisedText(withOwners(body, []), strip);
  const stages = [wanted, creationOf(wanted, { resource, stored }).early];
  const variants =
    resource === 'services' ? [...stages, releaseAddress(wanted, 'nodePort', live)] : stages;
  const now = text(live);
  return variants.some((wantedNow) => {
    const merged = mergeForUpdate({
      resource,
      keepStatus: strip.keepStatus,
      wanted: wantedNow,
      live,
    }).body;
    return text(merged) === now;
  });
}

/** Only what the cluster itself has put there, never what people made of it. */
async function overwrite(x: Execution, task: Task): Promise<Posted | null> {
  for (let failures = 1; ; failures += 1) {
    const live = await getLive(x.client, addressOf(task));
    if (!live) return null;
    if (!isAsPut(task.decision.resource, strip(live, task.strip))) return somebodyElses(live);
    const { body } = mergeForUpdate({
      resource: task.decision.resource,
      keepStatus: task.strip.keepStatus,
      wanted: withOwners(task.wanted, []),
      live,
    });
    try {
      const answer = parseBody(
        await x.client.update(addressOf(task), printJson(body), { dryRun: x.options.dryRun }),
      );
      return { outcome: 'updated', message: wroteOver, uid: uidOf(answer), live: answer };
    } catch (error) {
      await beforeNextTry(x, error, failures);
    }
  }
}
