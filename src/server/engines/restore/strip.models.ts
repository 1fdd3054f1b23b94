import { isObject, type Json } from '#shared/json/lossless.ts';
import type { ResourceName } from '../../kubernetes/client.types.ts';
import {
  annotationsOf,
  type Body,
  type FieldPath,
  fieldAt,
  listAt,
  nameOf,
  objectAt,
  textAt,
  withField,
  withoutFields,
} from './body.models.ts';

/** Set by the API server on every object. */
const assignedToAll: readonly FieldPath[] = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'selfLink',
  'managedFields',
].map((field) => ['metadata', field]);

type Assigned = { path: FieldPath; when?: (body: Body) => boolean };

const annotation = (name: string): Assigned => ({ path: ['metadata', 'annotations', name] });

const printedByGo: readonly Assigned[] = [
  { path: ['spec', 'template', 'metadata', 'creationTimestamp'] },
];

const choosesItsPods = (job: Body) => fieldAt(job, ['spec', 'manualSelector']) !== true;
/** Both names: the first was the only one before Kubernetes 1.27. */
const jobLabels = ['controller-uid', 'batch.kubernetes.io/controller-uid'];

export const isServiceAccountToken = (secret: Body): boolean =>
  textAt(secret, ['type']) === 'kubernetes.io/service-account-token';

/**
 * What the cluster itself writes into objects of a kind: left out when an object is created or
 * compared, kept as it is live when one is updated. The facts come from the controllers concerned
 * and from what Velero strips (pkg/restore/actions).
 */
const assignedToKind: Readonly<Record<ResourceName, readonly Assigned[]>> = {
  namespaces: [{ path: ['spec'] }],
  pods: [{ path: ['spec', 'nodeName'] }, { path: ['spec', 'priority'] }],
  persistentvolumes: [
    { path: ['spec', 'claimRef', 'uid'] },
    { path: ['spec', 'claimRef', 'resourceVersion'] },
    annotation('pv.kubernetes.io/bound-by-controller'),
  ],
  persistentvolumeclaims: [
    annotation('pv.kubernetes.io/bind-completed'),
    annotation('pv.kubernetes.io/bound-by-controller'),
    annotation('volume.beta.kubernetes.io/storage-provisioner'),
    annotation('volume.kubernetes.io/storage-provisioner'),
    annotation('volume.kubernetes.io/selected-node'),
  ],
  secrets: [
    { path: ['data'], when: isServiceAccountToken },
    {
      path: ['metadata', 'annotations', 'kubernetes.io/service-account.uid'],
      when: isServiceAccountToken,
    },
  ],
  configmaps: [{ path: ['data'], when: (body) => nameOf(body) === 'kube-root-ca.crt' }],
  'jobs.batch': [
    { path: ['spec', 'selector'], when: choosesItsPods },
    ...jobLabels.map((label) => ({
      path: ['spec', 'template', 'metadata', 'labels', label],
      when: choosesItsPods,
    })),
    ...jobLabels.map((label) => ({ path: ['metadata', 'labels', label] })),
    ...printedByGo,
  ],
  'cronjobs.batch': [
    { path: ['spec', 'jobTemplate', 'metadata', 'creationTimestamp'] },
    { path: ['spec', 'jobTemplate', 'spec', 'template', 'metadata', 'creationTimestamp'] },
  ],
  'deployments.apps': [annotation('deployment.kubernetes.io/revision'), ...printedByGo],
  'daemonsets.apps': [annotation('deprecated.daemonset.template.generation'), ...printedByGo],
  'replicasets.apps': printedByGo,
  'statefulsets.apps': printedByGo,
  replicationcontrollers: printedByGo,
  'clusterroles.rbac.authorization.k8s.io': [
    { path: ['rules'], when: (role) => fieldAt(role, ['aggregationRule']) !== undefined },
  ],
};

/** The fields of this object that the cluster writes, beyond those of every object. */
export const assignedPaths = (resource: ResourceName, body: Body): FieldPath[] =>
  (assignedToKind[resource] ?? [])
    .filter(({ when }) => when?.(body) ?? true)
    .map(({ path }) => path);

/** Says that a deletion is under way; meaningless for an object that begins anew. */
const finalizersOfDeletion: readonly Json[] = ['foregroundDeletion', 'orphan'];

export type StripOptions = {
  resource: ResourceName;
  /** The status is plain data (no `status` subresource), or somebody asked for it. */
  keepStatus: boolean;
};

/**
 * The part of an object that people and their tools wrote: without identity, versions, what the
 * cluster assigns, and (unless asked for) status. Owner references are left as they are.
 */
export function strip(body: Body, { resource, keepStatus }: StripOptions): Body {
  const paths = [...assignedToAll, ...assignedPaths(resource, body)];
  const stripped = withoutFields(body, keepStatus ? paths : [...paths, ['status']]);
  return tidy(withoutGeneratedTokens(resource, withoutDeletion(stripped)));
}

function withoutDeletion(body: Body): Body {
  const finalizers = listAt(body, ['metadata', 'finalizers']);
  const kept = finalizers.filter((name) => !finalizersOfDeletion.includes(name));
  return kept.length === finalizers.length
    ? body
    : withField(body, ['metadata', 'finalizers'], kept);
}

/** `default-token-x7k2p`: made by clusters before 1.24 for every service account, never by people. */
export const isGeneratedToken = (account: string, secret: string): boolean =>
  secret.startsWith(`${account}-token-`) && /^[a-z0-9]{5}$/.test(secret.slice(account.length + 7));

function withoutGeneratedTokens(resource: ResourceName, body: Body): Body {
  if (resource !== 'serviceaccounts') return body;
  const secrets = listAt(body, ['secrets']);
  const kept = secrets.filter(
    (secret) => !(isObject(secret) && isGeneratedToken(nameOf(body), textAt(secret, ['name']))),
  );
  return kept.length === secrets.length
    ? body
    : withField(body, ['secrets'], kept.length > 0 ? kept : undefined);
}

/** An empty map or list of metadata means the same as none. */
function tidy(body: Body): Body {
  const empty = ['labels', 'annotations'].filter(
    (field) =>
      fieldAt(body, ['metadata', field]) !== undefined &&
      Object.keys(objectAt(body, ['metadata', field])).length === 0,
  );
  const lists = ['finalizers', 'ownerReferences'].filter(
    (field) =>
      fieldAt(body, ['metadata', field]) !== undefined &&
      listAt(body, ['metadata', field]).length === 0,
  );
  return withoutFields(
    body,
    [...empty, ...lists].map((field) => ['metadata', field]),
  );
}

/** A copy of the API server that a kubelet keeps of a file on its node. */
export const isMirrorPod = (pod: Body): boolean =>
  annotationsOf(pod)['kubernetes.io/config.mirror'] !== undefined;
