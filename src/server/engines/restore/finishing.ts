import { type JsonObject, isObject } from '#shared/json/lossless.ts';
import { ApiError } from '../../kubernetes/api-error.ts';
import { isLeaving, uidOf } from './body.models.ts';
import type { Execution, Result, Task } from './execution.types.ts';
import { readOwner } from './owners.models.ts';
import { explain } from './refusals.models.ts';
import { getLive } from './waits.ts';
import { join } from './write-create.ts';
import { patch } from './write-status.ts';

/** Whether an object waits for the second pass. */
export const isUnfinished = ({ outcome, owners, late }: Result): boolean =>
  !['conflict', 'failed'].includes(outcome) &&
  ((owners?.length ?? 0) > 0 || (late ?? null) !== null);

/** The uid of a live owner; '' when there is none. Each owner is asked for once. */
export type FindOwner = (owner: JsonObject, namespace: string | null) => Promise<string>;

export function createFindOwner(x: Execution): FindOwner {
  const uids = new Map<string, Promise<string>>();
  return (owner, namespace) => {
    const { apiVersion, kind, name } = readOwner(owner);
    const key = JSON.stringify([apiVersion, kind, namespace, name]);
    const known = uids.get(key) ?? uidOfOwner(x, owner, namespace);
    uids.set(key, known);
    return known;
  };
}

async function uidOfOwner(
  { client, kinds }: Execution,
  owner: JsonObject,
  namespace: string | null,
): Promise<string> {
  const { apiVersion, kind, name } = readOwner(owner);
  const resource = kinds.byKind(apiVersion, kind);
  if (!resource) return '';
  const inside = resource.namespaced && namespace !== null ? { namespace } : {};
  const live = await getLive(client, { resource, name, ...inside });
  return live && !isLeaving(live) ? uidOf(live) : '';
}

/**
 * The second pass for one object: owner references with the uids of today, and what had to come late,
 * in one patch. References to owners that are not there are left out and named: the API server takes
 * a stale uid, and garbage collection then deletes the object.
 */
export async function finishObject(
  x: Execution,
  task: Task,
  given: { result: Result; findOwner: FindOwner },
): Promise<Result> {
  const { result, findOwner } = given;
  try {
    const { found, lost } = await resolve(result.owners ?? [], task, findOwner);
    const { metadata, ...rest } = result.late ?? {};
    if (found.length > 0 || result.late) {
      const owners = found.length > 0 ? { ownerReferences: found } : {};
      const held = isObject(metadata) ? metadata : {};
      await patch(x, task, { ...rest, metadata: { ...held, ...owners, uid: result.uid ?? '' } });
    }
    return { ...result, message: join(result.message, ...lost.map(sayLost)) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const message = `It is back, but its owner references or rules could not be set. ${explain(error, task)}`;
    return { outcome: 'failed', message: join(result.message, message), uid: result.uid };
  }
}

async function resolve(owners: readonly JsonObject[], { decision }: Task, findOwner: FindOwner) {
  const found: JsonObject[] = [];
  const lost: JsonObject[] = [];
  for (const owner of owners) {
    const uid = await findOwner(owner, decision.namespace);
    if (uid === '') lost.push(owner);
    else found.push({ ...owner, uid });
  }
  return { found, lost };
}

const sayLost = (owner: JsonObject): string => {
  const { kind, name } = readOwner(owner);
  return `Its owner ${kind} ${name} is not in the cluster: the reference was left out.`;
};
