import { setTimeout as sleep } from 'node:timers/promises';
import type { KubernetesClient, ObjectAddress } from '../../kubernetes/client.types.ts';
import { ApiError } from '../../kubernetes/api-error.ts';
import type { Decision } from '../engine.ts';
import { type Body, fieldAt, listAt, parseBody, textAt, uidOf } from './body.models.ts';
import type { Execution, Task } from './execution.types.ts';

/** Null when there is no such object. Throws ApiError for any other refusal. */
export async function getLive(
  client: Pick<KubernetesClient, 'get'>,
  at: ObjectAddress,
): Promise<Body | null> {
  try {
    return parseBody(await client.get(at));
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

export const addressOf = ({
  decision,
  kind,
}: Pick<Task, 'kind'> & { decision: Pick<Decision, 'namespace' | 'name'> }): ObjectAddress => ({
  resource: kind,
  ...(decision.namespace === null ? {} : { namespace: decision.namespace }),
  name: decision.name,
});

/** Waits until `look` answers something else than null, or the time is up: then null. */
async function waitFor<T>(
  look: () => Promise<T | null>,
  { within, pause, signal }: { within: number; pause: number; signal: AbortSignal },
): Promise<T | null> {
  const end = performance.now() + within;
  for (;;) {
    const found = await look();
    if (found !== null || performance.now() >= end) return found;
    await sleep(pause, undefined, { signal });
  }
}

/**
 * Waits until the object with this uid is gone. Null when it is; else the sentence why it is not.
 */
export async function waitUntilGone(
  { client, patience, context }: Execution,
  task: Task,
  uid: string,
): Promise<string | null> {
  const within = task.decision.resource === 'namespaces' ? patience.namespace : patience.deletion;
  let last: Body | null = null;
  const gone = await waitFor(
    async () => {
      last = await getLive(client, addressOf(task));
      return last === null || uidOf(last) !== uid ? true : null;
    },
    { within, pause: patience.pause, signal: context.signal },
  );
  if (gone) return null;
  const holders =
    last === null
      ? []
      : [...listAt(last, ['metadata', 'finalizers']), ...listAt(last, ['spec', 'finalizers'])];
  const names = holders.filter((holder) => typeof holder === 'string').join(', ');
  return `The one in its place is being deleted and was still there after ${Math.round(within / 1000)} s${names === '' ? '' : `, held by ${names}`}.`;
}

const isTrue = (definition: Body, type: string) =>
  listAt(definition, ['status', 'conditions']).some(
    (condition) =>
      fieldAt(condition, ['type']) === type && fieldAt(condition, ['status']) === 'True',
  );

/** Until objects of the defined kind can be written. Null when they can; else the sentence why not. */
export async function waitUntilServed(
  { client, patience, context }: Execution,
  task: Task,
): Promise<string | null> {
  const served = await waitFor(
    async () => {
      const definition = await getLive(client, addressOf(task));
      return definition &&
        isTrue(definition, 'Established') &&
        isTrue(definition, 'NamesAccepted') &&
        (await isServed(client, definition))
        ? true
        : null;
    },
    { within: patience.definition, pause: patience.pause / 4, signal: context.signal },
  );
  return served
    ? null
    : `The API server did not serve the kind within ${Math.round(patience.definition / 1000)} s; its objects may fail.`;
}

async function isServed(client: Pick<KubernetesClient, 'raw'>, definition: Body): Promise<boolean> {
  const group = textAt(definition, ['spec', 'group']);
  const plural = textAt(definition, ['spec', 'names', 'plural']);
  const versions = listAt(definition, ['spec', 'versions']).filter(
    (version) => fieldAt(version, ['served']) === true,
  );
  for (const version of versions) {
    const name = fieldAt(version, ['name']);
    if (typeof name === 'string' && !(await lists(client, `/apis/${group}/${name}`, plural)))
      return false;
  }
  return true;
}

async function lists(
  client: Pick<KubernetesClient, 'raw'>,
  path: string,
  plural: string,
): Promise<boolean> {
  try {
    const resources = listAt(parseBody(await client.raw(path)), ['resources']);
    return resources.some((resource) => fieldAt(resource, ['name']) === plural);
  } catch (error) {
    if (error instanceof ApiError) return false;
    throw error;
  }
}
