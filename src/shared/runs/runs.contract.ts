import * as z from 'zod/mini';
import { described } from '../http/described.ts';
import { endpoint } from '../http/endpoint.ts';
import { instant, listOf, page, clusterParams, runParams, visiblePart } from '../http/schemas.ts';

export const runKinds = ['backup', 'restore', 'verify', 'export', 'delete', 'maintenance'] as const;
export type RunKind = (typeof runKinds)[number];

export const runStates = [
  'queued',
  'waiting',
  'running',
  'completed',
  'partial',
  'failed',
  'canceled',
  'interrupted',
] as const;
export type RunState = (typeof runStates)[number];

/** The first goes first. What people start by hand is `high`. */
export const priorities = ['urgent', 'high', 'normal', 'low'] as const;
export type Priority = (typeof priorities)[number];

/** `total`: null while unknown. `doing`: one plain sentence, what happens right now. */
export const progress = z.object({
  doing: z.string(),
  items: z.object({ done: z.int(), total: z.nullable(z.int()) }),
  bytes: z.object({ done: z.int(), total: z.nullable(z.int()) }),
});
export type Progress = z.infer<typeof progress>;

export const problem = z.object({
  code: z.string(),
  status: z.int(),
  title: z.string(),
  detail: z.string(),
});

/** One attempt at something that takes time. A restore is a run. */
export const run = z.object({
  id: z.uuid(),
  cluster: z.string(),
  kind: z.enum(runKinds),
  state: z.enum(runStates),
  /** Why it waits; null in every other state. */
  reason: z.nullable(z.string()),
  /** The backup it makes, reads or removes; null where there is none (maintenance). */
  backup: z.nullable(z.string()),
  plan: z.nullable(z.uuid()),
  priority: z.enum(priorities),
  /** The schedule that asked for it, and the slot it is for; null: by hand. */
  schedule: z.nullable(z.string()),
  slot: z.nullable(instant),
  createdBy: z.string(),
  createdAt: instant,
  startedAt: z.nullable(instant),
  finishedAt: z.nullable(instant),
  /** Counts nothing for a reader bound to namespaces, except of restores: see `result`. */
  progress,
  /** What went wrong, in sentences; null while nothing has. */
  problem: z.nullable(problem),
  /**
   * Counts of the outcome by name (`created`, `objects`, `bytesWritten`…); null before the end, and
   * for readers bound to namespaces, except of restores: backups hold more than those.
   */
  result: z.nullable(z.record(z.string(), z.number())),
});
export type Run = z.infer<typeof run>;

/** Not begun yet. */
export const pendingStates: readonly RunState[] = ['queued', 'waiting'];
export const unfinishedStates: readonly RunState[] = [...pendingStates, 'running'];
export const endedStates = runStates.filter((state) => !unfinishedStates.includes(state));

export const isOver = (state: RunState): boolean => endedStates.includes(state);

export const logEntry = z.object({
  seq: z.int(),
  at: instant,
  level: z.enum(['info', 'warning', 'error']),
  message: z.string(),
});
export type LogEntry = z.infer<typeof logEntry>;

const touchesRun = async (
  { params }: { params: { cluster: string; run: string } },
  {
    namespacesOfRun,
  }: { namespacesOfRun: (cluster: string, run: string) => Promise<readonly string[] | 'all'> },
) => ({ cluster: params.cluster, namespaces: await namespacesOfRun(params.cluster, params.run) });

export const runsApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/clusters/:cluster/runs',
    permission: 'runs:read',
    summary: 'List runs, newest first.',
    command: 'runs list',
    params: clusterParams,
    query: z.object({
      ...page,
      kind: described(z.optional(z.enum(runKinds)), 'Only runs of this kind'),
      state: described(z.optional(z.enum(runStates)), 'Only runs in this state'),
      backup: described(z.optional(z.string()), 'Only runs of the backup with this name'),
      schedule: described(z.optional(z.string()), 'Only runs of the schedule with this name'),
    }),
    response: listOf(run),
    touches: visiblePart,
  }),
  show: endpoint({
    method: 'GET',
    path: '/api/clusters/:cluster/runs/:run',
    permission: 'runs:read',
    summary: 'Show one run with its progress.',
    command: 'runs show',
    params: runParams,
    response: run,
    touches: visiblePart,
  }),
  cancel: endpoint({
    method: 'POST',
    path: '/api/clusters/:cluster/runs/:run/cancel',
    permission: 'runs:cancel',
    summary: 'Cancel a run; what it had not finished is undone.',
    command: 'runs cancel',
    params: runParams,
    status: 202,
    response: run,
    touches: touchesRun,
  }),
  log: endpoint({
    method: 'GET',
    path: '/api/clusters/:cluster/runs/:run/log',
    permission: 'runs:read',
    summary: 'Read what a run wrote down, oldest first.',
    command: 'runs log',
    params: runParams,
    query: z.object(page),
    response: listOf(logEntry),
    touches: visiblePart,
  }),
};
