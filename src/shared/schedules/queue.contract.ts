import * as z from 'zod/mini';
import { described } from '../http/described.ts';
import { endpoint } from '../http/endpoint.ts';
import { clusterParams, idOf, instant, runParams, visiblePart } from '../http/schemas.ts';
import { priorities, run } from '../runs/runs.contract.ts';
import { blackout } from './schedule.contract.ts';

export const blackoutsApi = {
  show: endpoint({
    method: 'GET',
    path: '/api/clusters/:cluster/blackouts',
    permission: 'schedules:read',
    summary: 'Show the times in which no scheduled run begins.',
    command: 'blackouts show',
    params: clusterParams,
    response: z.object({ blackouts: z.array(blackout) }),
    touches: visiblePart,
  }),
  set: endpoint({
    method: 'PUT',
    path: '/api/clusters/:cluster/blackouts',
    permission: 'schedules:manage',
    summary: 'Replace the times in which no scheduled run begins.',
    command: 'blackouts set',
    params: clusterParams,
    body: z.object({
      blackouts: described(
        z.array(blackout).check(z.maxLength(100)),
        'All of them; an empty list lets runs begin at any time',
      ),
    }),
    response: z.object({ blackouts: z.array(blackout) }),
    touches: ({ params }) => ({ cluster: params.cluster, namespaces: 'all' }),
  }),
};

/** One that waits, or goes on. */
export const queued = z.object({
  run,
  /** Whose turn comes first, from 1; null: it goes on already. */
  place: z.nullable(z.int()),
  /** When it will probably begin; null: nobody can tell. */
  expectedStart: z.nullable(instant),
  expectedEnd: z.nullable(instant),
});
export type Queued = z.infer<typeof queued>;

export const queueApi = {
  show: endpoint({
    method: 'GET',
    path: '/api/clusters/:cluster/queue',
    permission: 'runs:read',
    summary: 'Show what runs and what waits: why, and until when.',
    command: 'queue show',
    params: clusterParams,
    response: z.object({ running: z.array(queued), waiting: z.array(queued) }),
    touches: visiblePart,
  }),
  prioritize: endpoint({
    method: 'POST',
    path: '/api/clusters/:cluster/runs/:run/priority',
    permission: 'runs:prioritize',
    summary:
      'Change who goes first: a run that waits gets another priority, or a place before another.',
    command: 'runs prioritize',
    params: runParams,
    body: z
      .object({
        priority: described(z.optional(z.enum(priorities)), 'Its new priority'),
        before: described(
          z.optional(idOf('a run')),
          'The id of a waiting run: it gets the priority of that one, and goes before it',
        ),
      })
      .check(
        z.refine(
          ({ priority, before }) => (priority === undefined) !== (before === undefined),
          'say either a priority or the run to go before',
        ),
      ),
    response: run,
    touches: async ({ params }, { namespacesOfRun }) => ({
      cluster: params.cluster,
      namespaces: await namespacesOfRun(params.cluster, params.run),
    }),
  }),
};
