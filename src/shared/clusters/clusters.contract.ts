import * as z from 'zod/mini';
import { endpoint } from '../http/endpoint.ts';
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
  name: z.optional(z.string().check(z.minLength(1), z.maxLength(253))),
  /** A kubeconfig as text (YAML or JSON) with inline certificates or a token. */
  kubeconfig: z.string().check(z.minLength(1), z.maxLength(200_000)),
  /** Default: the kubeconfig's current context. */
  context: z.optional(z.string()),
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
    body: z.object({ uid: z.string() }),
    response: cluster,
    touches: ({ params }) => ({ cluster: params.cluster, namespaces: 'all' }),
  }),
};
