import * as z from 'zod/mini';
import { endpoint } from '../http/endpoint.ts';
import { run } from '../runs/runs.contract.ts';

/**
 * What changed. Who may read the whole cluster gets the run itself; the others learn only that
 * something of theirs changed, and read it again.
 */
export const liveEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('run'), cluster: z.string(), run }),
  z.object({
    type: z.literal('changed'),
    cluster: z.string(),
    what: z.enum(['run', 'backups', 'clusters', 'plans', 'schedules']),
    id: z.nullable(z.string()),
  }),
  /** Events were missed: read everything again. */
  z.object({ type: z.literal('resync') }),
]);
export type LiveEvent = z.infer<typeof liveEvent>;

export const liveApi = {
  stream: endpoint({
    method: 'GET',
    path: '/api/live',
    permission: 'session:use',
    summary: 'Stream what changes (server-sent events, resumable by Last-Event-ID).',
    command: null,
    stream: 'events',
    response: liveEvent,
    touches: () => ({ cluster: '*', namespaces: 'some' }),
  }),
};
