import { nameOf, namespaceOf, uidOf } from '../api/manifest.models.ts';
import { removeObject } from '../http/delete.ts';
import {
  type JsonObject,
  at,
  listAt,
  numberAt,
  objectAt,
  printJson,
  sameJson,
  textAt,
} from '../json.models.ts';
import type { Change } from '../store/stored.types.ts';
import { type World, timestamp } from '../world.types.ts';
import { type Found, amend, ensure, lookUp, objectsOf } from './act.ts';

const deployments = 'deployments.apps';
const replicaSets = 'replicasets.apps';
const jobs = 'jobs.batch';

/** Deployments make ReplicaSets, these and StatefulSets make Pods, Pods run; Jobs complete. */
export function runWorkloads({ bucket, type, after }: Change, world: World): void {
  if (type === 'DELETED') return;
  const found = lookUp(world, bucket, after.key);
  if (!found || textAt(found.object, 'metadata', 'deletionTimestamp')) return;
  if (bucket === deployments) rollOut(found, world);
  else if (bucket === replicaSets || bucket === 'statefulsets.apps') fillUp(found, world);
  else if (bucket === 'pods') runPod(found, world);
  else if (bucket === jobs) completeJob(found, world);
}

/** A short, stable word for a template, as `pod-template-hash` is. */
function templateHash(object: JsonObject): string {
  let hash = 5381;
  for (const letter of printJson(at(object, 'spec', 'template') ?? null)) {
    hash = (hash * 33 + letter.charCodeAt(0)) >>> 0;
  }
  return hash.toString(36);
}

function rollOut({ object, stored }: Found, world: World): void {
  const replicas = numberAt(object, 'spec', 'replicas') ?? 1;
  const hash = templateHash(object);
  const current = ownReplicaSet(object, world);
  if (current) setReplicas(current, replicas, world);
  else ensure(world, replicaSets, replicaSetFor(object, hash));
  amend(world, { bucket: deployments, key: stored.key }, (now) =>
    withStatus(now, {
      observedGeneration: numberAt(now, 'metadata', 'generation') ?? 1,
      ...counts(replicas, ['replicas', 'updatedReplicas', 'readyReplicas', 'availableReplicas']),
    }),
  );
}

/** The newest with the deployment's template; the others are scaled to nothing. */
function ownReplicaSet(deployment: JsonObject, world: World): Found | undefined {
  let current: Found | undefined;
  for (const found of objectsOf(world, replicaSets, namespaceOf(deployment))) {
    if (!isOwnedBy(found.object, uidOf(deployment))) continue;
    const { 'pod-template-hash': _hash, ...labels } = objectAt(
      found.object,
      'spec',
      'template',
      'metadata',
      'labels',
    );
    const wanted = objectAt(deployment, 'spec', 'template', 'metadata', 'labels');
    const pods = at(found.object, 'spec', 'template', 'spec');
    const same =
      sameJson(labels, wanted) && sameJson(pods, at(deployment, 'spec', 'template', 'spec'));
    if (same) current = found;
    else setReplicas(found, 0, world);
  }
  return current;
}

const setReplicas = ({ stored }: Found, replicas: number, world: World) =>
  amend(world, { bucket: replicaSets, key: stored.key }, (now) => ({
    ...now,
    spec: { ...objectAt(now, 'spec'), replicas },
  }));

function replicaSetFor(deployment: JsonObject, hash: string): JsonObject {
  const extra = { 'pod-template-hash': hash };
  const template = objectAt(deployment, 'spec', 'template');
  const labels = { ...objectAt(template, 'metadata', 'labels'), ...extra };
  const matchLabels = { ...objectAt(deployment, 'spec', 'selector', 'matchLabels'), ...extra };
  return {
    metadata: {
      name: `${nameOf(deployment)}-${hash}`,
      namespace: namespaceOf(deployment),
      generation: 1,
      labels,
      ownerReferences: [reference(deployment)],
    },
    spec: {
      replicas: numberAt(deployment, 'spec', 'replicas') ?? 1,
      selector: { matchLabels },
      template: { ...template, metadata: { labels } },
    },
  };
}

const reference = (owner: JsonObject): JsonObject => ({
  apiVersion: textAt(owner, 'apiVersion'),
  kind: textAt(owner, 'kind'),
  name: nameOf(owner),
  uid: uidOf(owner),
  controller: true,
  blockOwnerDeletion: true,
});

export const isOwnedBy = (object: JsonObject, uid: string): boolean =>
  listAt(object, 'metadata', 'ownerReferences').some((owner) => textAt(owner, 'uid') === uid);

const counts = (replicas: number, fields: readonly string[]): JsonObject =>
  Object.fromEntries(fields.map((field) => [field, replicas]));

const withStatus = (object: JsonObject, status: JsonObject): JsonObject => ({
  ...object,
  status: { ...objectAt(object, 'status'), ...status },
});

/** As many Pods as wanted: missing ones are made, the youngest surplus goes. */
function fillUp({ object, stored, resource }: Found, world: World): void {
  const replicas = numberAt(object, 'spec', 'replicas') ?? 1;
  const pods = [...objectsOf(world, 'pods', namespaceOf(object))].filter((pod) =>
    isOwnedBy(pod.object, uidOf(object)),
  );
  for (const pod of pods.slice(replicas)) removeObject(pod.resource, pod.stored, { world });
  const ordered = resource.kind === 'StatefulSet';
  const taken = new Set(pods.map((pod) => nameOf(pod.object)));
  for (let index = 0; taken.size < replicas; index += 1) {
    const name = `${nameOf(object)}-${ordered ? index : world.random.suffix()}`;
    if (!taken.has(name)) ensure(world, 'pods', podFor(object, name));
    taken.add(name);
  }
  amend(world, { bucket: resource.bucket, key: stored.key }, (now) =>
    withStatus(now, {
      ...counts(replicas, ['replicas', 'readyReplicas', 'availableReplicas']),
      observedGeneration: numberAt(now, 'metadata', 'generation') ?? 1,
    }),
  );
}

const podFor = (owner: JsonObject, name: string): JsonObject => ({
  metadata: {
    name,
    namespace: namespaceOf(owner),
    generation: 1,
    labels: objectAt(owner, 'spec', 'template', 'metadata', 'labels'),
    ownerReferences: [reference(owner)],
  },
  spec: objectAt(owner, 'spec', 'template', 'spec'),
});

function runPod({ object, stored }: Found, world: World): void {
  if (textAt(object, 'status', 'phase') !== 'Pending') return;
  amend(world, { bucket: 'pods', key: stored.key }, (now) =>
    withStatus(now, {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: timestamp(world.clock) }],
      startTime: timestamp(world.clock),
    }),
  );
}

/** Not suspended and not finished: done at once, without a Pod. */
function completeJob({ object, stored }: Found, world: World): void {
  if (at(object, 'spec', 'suspend') === true) return;
  if (listAt(object, 'status', 'conditions').length) return;
  const time = timestamp(world.clock);
  const condition = (type: string) => ({
    type,
    status: 'True',
    lastProbeTime: time,
    lastTransitionTime: time,
    reason: 'CompletionsReached',
    message: 'Reached expected number of succeeded pods',
  });
  amend(world, { bucket: jobs, key: stored.key }, (now) =>
    withStatus(now, {
      conditions: [condition('SuccessCriteriaMet'), condition('Complete')],
      startTime: time,
      completionTime: time,
      succeeded: numberAt(now, 'spec', 'completions') ?? 1,
      uncountedTerminatedPods: {},
      ready: 0,
    }),
  );
}
