import * as z from 'zod/mini';
import { change } from '../backups/contents.contract.ts';
import { described } from '../http/described.ts';
import { endpoint, type Lookup } from '../http/endpoint.ts';
import {
  clusterParams,
  idOf,
  instant,
  kindName,
  listOf,
  namespaceName,
  page,
  runParams,
  visiblePart,
} from '../http/schemas.ts';
import { selectionOfObjects, withoutContradiction } from '../http/selection.models.ts';
import { run } from '../runs/runs.contract.ts';

export const plannedActions = [
  'create',
  'update',
  'replace',
  'unchanged',
  'skip',
  'conflict',
  'blocked',
] as const;
export type PlannedAction = (typeof plannedActions)[number];

/** A JSON patch (RFC 6902) on the objects that the condition names. */
const modifier = z.object({
  /** `<plural>` or `<plural>.<group>`. */
  resource: kindName,
  namespaces: z.optional(z.array(namespaceName)),
  name: z.optional(z.string()),
  labelSelector: z.optional(z.string()),
  patch: z
    .array(
      z.object({
        op: z.enum(['add', 'remove', 'replace', 'move', 'copy', 'test']),
        path: z.string(),
        from: z.optional(z.string()),
        value: z.optional(z.unknown()),
      }),
    )
    .check(z.minLength(1), z.maxLength(100)),
});

/** What of a backup comes back, and how. */
export const restoreOptions = z.object({
  /** The cluster that the backup is of; default: the target itself. */
  source: described(
    z.optional(clusterParams.shape.cluster),
    'The cluster that the backup is of; otherwise the one restored into',
  ),
  backup: described(
    z.string().check(z.minLength(1), z.maxLength(253)),
    'The name of the backup to restore from',
  ),
  namespaces: described(
    z.optional(z.array(namespaceName).check(z.minLength(1))),
    'Only these namespaces of the backup, and no objects of the whole cluster',
  ),
  excludedNamespaces: described(
    z.optional(z.array(namespaceName)),
    'All but these namespaces of the backup',
  ),
  ...selectionOfObjects,
  /** Single objects by their path in the backup. */
  objects: described(
    z.optional(z.array(z.string()).check(z.minLength(1), z.maxLength(10_000))),
    'Only these objects, by their paths as “backups contents” shows them',
  ),
  /** From the namespace in the backup to the one in the target. */
  namespaceMapping: described(
    z.optional(z.record(namespaceName, namespaceName)),
    'Restore a namespace of the backup into another one of the cluster',
  ),
  /** What happens to an object that exists and differs. */
  conflictPolicy: described(
    z._default(z.enum(['skip', 'update', 'replace']), 'skip'),
    'What happens to an object that exists and differs',
  ),
  /** Kinds whose status is written too. */
  status: described(
    z.optional(z.array(kindName).check(z.maxLength(1000))),
    'Kinds whose status is written too, such as certificates.cert-manager.io',
  ),
  /** The run only asks the API server what it would do. */
  dryRun: described(
    z._default(z.boolean(), false),
    'Only ask the API server what it would do, also when the plan is carried out',
  ),
  modifiers: described(
    z.optional(z.array(modifier).check(z.maxLength(100))),
    'Changes on the way: JSON patches, each for a kind (see the guide on restores)',
  ),
});
export type RestoreOptions = z.infer<typeof restoreOptions>;
export type Modifier = z.infer<typeof modifier>;

const counts = z.object({
  create: z.int(),
  update: z.int(),
  replace: z.int(),
  unchanged: z.int(),
  skip: z.int(),
  conflict: z.int(),
  blocked: z.int(),
});
export type PlanCounts = z.infer<typeof counts>;

export const plannedObject = z.object({
  /** Where it stands in the backup. */
  path: z.string(),
  resource: z.string(),
  kind: z.string(),
  /** In the target, after mapping; null for cluster-scoped objects. */
  namespace: z.nullable(z.string()),
  name: z.string(),
  action: z.enum(plannedActions),
  /** Why this action; a plain sentence. Null for a plain create or unchanged. */
  reason: z.nullable(z.string()),
  /** `dryRun`: the API server has agreed; `notBeforehand`: its kind or namespace does not exist yet. */
  checked: z.enum(['dryRun', 'notBeforehand', 'notCheckable', 'notNeeded']),
  /** Added because chosen objects require it. */
  alsoNeeded: z.boolean(),
});
export type PlannedObject = z.infer<typeof plannedObject>;

export const plan = z.object({
  id: z.uuid(),
  /** The target. */
  cluster: z.string(),
  source: z.string(),
  backup: z.string(),
  createdBy: z.string(),
  createdAt: instant,
  expiresAt: instant,
  state: z.enum(['open', 'used', 'expired']),
  options: restoreOptions,
  counts,
  /** What the reader should know first: sentences, the gravest first. */
  notes: z.array(z.string()),
  /** The run that used it. */
  run: z.nullable(z.uuid()),
});
export type Plan = z.infer<typeof plan>;

export const objectOutcomes = [
  'created',
  'updated',
  'replaced',
  'unchanged',
  'skipped',
  'conflict',
  'failed',
] as const;
export type ObjectOutcome = (typeof objectOutcomes)[number];

/** What became of one object in a restore. */
export const restoredObject = z.object({
  path: z.string(),
  resource: z.string(),
  namespace: z.nullable(z.string()),
  name: z.string(),
  outcome: z.enum(objectOutcomes),
  /** What differs from the backup, or why it failed; null when there is nothing to say. */
  message: z.nullable(z.string()),
});
export type RestoredObject = z.infer<typeof restoredObject>;

const planParams = z.extend(clusterParams, {
  plan: described(idOf('a plan'), 'The id of a plan, as “restores plan” prints it'),
});

export const restoresApi = {
  plan: endpoint({
    method: 'POST',
    path: '/api/clusters/:cluster/restores/plan',
    permission: 'restores:read',
    summary: 'Say what a restore into this cluster would do, object by object; changes nothing.',
    command: 'restores plan',
    params: clusterParams,
    body: restoreOptions.check(withoutContradiction),
    status: 201,
    response: plan,
    touches: visiblePart,
  }),
  showPlan: endpoint({
    method: 'GET',
    path: '/api/clusters/:cluster/plans/:plan',
    permission: 'restores:read',
    summary: 'Show a plan with its counts.',
    command: 'plans show',
    params: planParams,
    response: plan,
    touches: visiblePart,
  }),
  planObjects: endpoint({
    method: 'GET',
    path: '/api/clusters/:cluster/plans/:plan/objects',
    permission: 'restores:read',
    summary: 'List what a plan would do to each object.',
    command: 'plans objects',
    params: planParams,
    query: z.object({
      ...page,
      action: described(
        z.optional(z.enum(plannedActions)),
        'Only objects to which this would happen',
      ),
    }),
    response: listOf(plannedObject),
    touches: visiblePart,
  }),
  planDiff: endpoint({
    method: 'GET',
    path: '/api/clusters/:cluster/plans/:plan/diff',
    permission: 'restores:read',
    summary: 'Show what a plan would change in one object, computed now.',
    command: 'plans diff',
    params: planParams,
    query: z.object({
      path: described(
        z.string().check(z.minLength(1), z.maxLength(2048)),
        'The path of an object, as “plans objects --json” shows it',
      ),
    }),
    response: z.object({ path: z.string(), sealed: z.boolean(), changes: z.array(change) }),
    touches: visiblePart,
  }),
  start: endpoint({
    method: 'POST',
    path: '/api/clusters/:cluster/restores',
    permission: 'restores:start',
    summary: 'Carry out a plan.',
    command: 'restores start',
    params: clusterParams,
    body: z.object({
      plan: described(
        idOf('a plan; “lifeboat restores plan BACKUP” makes one'),
        'The id of the plan to carry out',
      ),
    }),
    status: 202,
    response: run,
    touches: async ({ params, body }, { namespacesOfPlan }: Lookup) => ({
      cluster: params.cluster,
      namespaces: await namespacesOfPlan(params.cluster, body.plan),
    }),
  }),
  list: endpoint({
    method: 'GET',
    path: '/api/clusters/:cluster/restores',
    permission: 'restores:read',
    summary: 'List restores into this cluster, newest first.',
    command: 'restores list',
    params: clusterParams,
    query: z.object(page),
    response: listOf(run),
    touches: visiblePart,
  }),
  show: endpoint({
    method: 'GET',
    path: '/api/clusters/:cluster/restores/:run',
    permission: 'restores:read',
    summary: 'Show a restore with the counts of what became of its objects.',
    command: 'restores show',
    params: runParams,
    response: z.extend(run, { outcomes: z.record(z.string(), z.int()) }),
    touches: visiblePart,
  }),
  objects: endpoint({
    method: 'GET',
    path: '/api/clusters/:cluster/restores/:run/objects',
    permission: 'restores:read',
    summary: 'List what became of each object in a restore.',
    command: 'restores objects',
    params: runParams,
    query: z.object({
      ...page,
      outcome: described(z.optional(z.enum(objectOutcomes)), 'Only objects to which this happened'),
    }),
    response: listOf(restoredObject),
    touches: visiblePart,
  }),
};
