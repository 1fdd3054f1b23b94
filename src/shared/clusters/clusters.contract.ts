import * as z from 'zod/mini';
import { described } from '../http/described.ts';
import { endpoint } from '../http/endpoint.ts';
import { seen } from '../coverage/coverage.contract.ts';
import { clusterParams, instant, listOf, visiblePart } from '../http/schemas.ts';

export const cluster = z.object({
  id: z.string(),
  /** The context's name, as the kubeconfig has it. */
  name: z.string(),
  source: z.enum(['kubeconfig', 'inCluster', 'api', 'sandbox']),
  /** The address of the API server; null when it could not be read. */
  server: z.nullable(z.string()),
  state: z.enum(['available', 'unavailable', 'readOnly', 'unknown']),
  /** Why it is not available, and what to do; null when it is. */
  problem: z.nullable(z.string()),
  version: z.nullable(z.string()),
  /** uid of the namespace kube-system: the cluster's identity. */
  uid: z.nullable(z.string()),
  /** The uid changed: backups stop until an administrator says which it is. */
  identityChanged: z.boolean(),
  /** The one that commands mean when none is named. */
  isDefault: z.boolean(),
  addedAt: instant,
});
export type Cluster = z.infer<typeof cluster>;

/** Inline credentials only: exec plugins and file paths would run programs and read files here. */
export const clusterToAdd = z.object({
  name: described(
    z.optional(z.string().check(z.minLength(1), z.maxLength(253))),
    'What to call it here; otherwise as its context is called',
  ),
  /** A kubeconfig as text (YAML or JSON) with inline certificates or a token. */
  kubeconfig: described(
    z.string().check(z.minLength(1), z.maxLength(200_000)),
    'A kubeconfig with inline certificates or a token, as “kubectl config view --minify --flatten --raw” prints it',
  ),
  /** Default: the kubeconfig's current context. */
  context: described(
    z.optional(z.string()),
    'Which context of the kubeconfig is meant; otherwise the current one',
  ),
});

/** A right that Lifeboat needs there, as an access review names it. */
const right = z.object({
  /** `backup`: nothing works without it; `restore`: backups work. */
  neededFor: z.enum(['backup', 'restore']),
  verb: z.string(),
  /** `<plural>` or `<plural>.<group>`; `*`: all of them. */
  resource: z.string(),
  allowed: z.boolean(),
});
export type Right = z.infer<typeof right>;

/** What came of asking a cluster, whether it is registered or not. */
export const connectionTest = z.object({
  /** The address of the API server; null when it could not be read. */
  server: z.nullable(z.string()),
  reachable: z.boolean(),
  version: z.nullable(z.string()),
  uid: z.nullable(z.string()),
  milliseconds: z.int(),
  /** What came of it in a sentence, with what to do when something is missing. */
  sentence: z.string(),
  rights: z.array(right),
  /** The registered cluster that has this uid; null: none that the caller may see. */
  knownAs: z.nullable(z.string()),
});
export type ConnectionTest = z.infer<typeof connectionTest>;

export const namespaceInfo = z.object({
  name: z.string(),
  createdAt: z.nullable(instant),
});

export const kindInfo = z.object({
  /** `<plural>` or `<plural>.<group>`: what selections name. */
  resource: z.string(),
  kind: z.string(),
  version: z.string(),
  namespaced: z.boolean(),
});

export const clustersApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/clusters',
    permission: 'clusters:read',
    summary: 'List the clusters that Lifeboat looks after.',
    command: 'clusters list',
    response: listOf(cluster),
    touches: () => ({ cluster: '*', namespaces: 'some' }),
  }),
  add: endpoint({
    method: 'POST',
    path: '/api/clusters',
    permission: 'clusters:manage',
    summary: 'Add a cluster by a kubeconfig with inline credentials.',
    command: 'clusters add',
    body: clusterToAdd,
    status: 201,
    response: cluster,
    touches: () => ({ cluster: '*', namespaces: 'all' }),
  }),
  show: endpoint({
    method: 'GET',
    path: '/api/clusters/:cluster',
    permission: 'clusters:read',
    summary: 'Show one cluster: can it be reached, and what may Lifeboat do there?',
    command: 'clusters show',
    params: clusterParams,
    response: cluster,
    touches: visiblePart,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/clusters/:cluster',
    permission: 'clusters:manage',
    summary: 'Forget a cluster; its backups stay where they are.',
    command: 'clusters remove',
    params: clusterParams,
    status: 204,
    response: z.void(),
    touches: ({ params }) => ({ cluster: params.cluster, namespaces: 'all' }),
  }),
  confirm: endpoint({
    method: 'POST',
    path: '/api/clusters/:cluster/identity',
    permission: 'clusters:manage',
    summary: 'Say that a cluster whose identity changed is the same one, rebuilt.',
    command: 'clusters confirm',
    params: clusterParams,
    body: z.object({
      uid: described(z.string(), 'The uid that “clusters show” prints: the identity to confirm'),
    }),
    response: cluster,
    touches: ({ params }) => ({ cluster: params.cluster, namespaces: 'all' }),
  }),
  test: endpoint({
    method: 'POST',
    path: '/api/clusters/test',
    permission: 'clusters:manage',
    summary:
      'Try a kubeconfig without adding the cluster: does it answer, and what may Lifeboat do there?',
    command: 'clusters test',
    body: clusterToAdd,
    response: connectionTest,
    touches: () => ({ cluster: '*', namespaces: 'all' }),
  }),
  check: endpoint({
    method: 'POST',
    path: '/api/clusters/:cluster/test',
    permission: 'clusters:manage',
    summary: 'Ask a cluster now: does it answer, and what may Lifeboat do there?',
    command: 'clusters check',
    params: clusterParams,
    response: connectionTest,
    touches: ({ params }) => ({ cluster: params.cluster, namespaces: 'all' }),
  }),
  namespaces: endpoint({
    method: 'GET',
    path: '/api/clusters/:cluster/namespaces',
    permission: 'clusters:read',
    summary: 'List the namespaces of a cluster as it is, or as its newest backup tells.',
    command: 'clusters namespaces',
    params: clusterParams,
    response: z.object({ items: z.array(namespaceInfo), seen }),
    touches: visiblePart,
  }),
  kinds: endpoint({
    method: 'GET',
    path: '/api/clusters/:cluster/kinds',
    permission: 'clusters:read',
    summary: 'List the kinds that a cluster serves.',
    command: 'clusters kinds',
    params: clusterParams,
    response: z.object({ items: z.array(kindInfo) }),
    touches: visiblePart,
  }),
};
