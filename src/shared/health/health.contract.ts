import * as z from 'zod/mini';
import { endpoint } from '../http/endpoint.ts';

const anyone = (): { cluster: string; namespaces: 'some' } => ({
  cluster: '*',
  namespaces: 'some',
});

/** One part of the installation. `problem`: what is broken and what to do; null when it works. */
const part = z.object({
  name: z.string(),
  version: z.nullable(z.string()),
  problem: z.nullable(z.string()),
});

export const health = z.object({
  version: z.string(),
  /** Node, git, the database. */
  parts: z.array(part),
  /** Of the data folder, bytes; null: nobody knows, or not the reader's affair. */
  disk: z.nullable(z.object({ free: z.int(), total: z.int(), nearlyFull: z.boolean() })),
  clusters: z.array(
    z.object({
      id: z.string(),
      state: z.enum(['available', 'unavailable', 'readOnly', 'unknown']),
      version: z.nullable(z.string()),
      problem: z.nullable(z.string()),
      answeredAt: z.nullable(z.iso.datetime()),
    }),
  ),
});
export type Health = z.infer<typeof health>;

export const healthApi = {
  live: endpoint({
    method: 'GET',
    path: '/api/health/live',
    permission: 'public',
    summary: 'Answers as long as the process works.',
    command: null,
    response: z.object({ live: z.literal(true) }),
    touches: anyone,
  }),
  ready: endpoint({
    method: 'GET',
    path: '/api/health/ready',
    permission: 'public',
    summary: 'Answers 200 when Lifeboat can work, 503 while it starts, stands by or stops.',
    command: 'health ready',
    response: z.object({ ready: z.literal(true), version: z.string() }),
    touches: anyone,
  }),
  confirmClock: endpoint({
    method: 'POST',
    path: '/api/clock/confirm',
    permission: 'clusters:manage',
    summary: 'Say that the time is right, so that schedules fire and retention deletes again.',
    command: 'clock confirm',
    status: 204,
    response: z.void(),
    touches: () => ({ cluster: '*', namespaces: 'all' }),
  }),
  show: endpoint({
    method: 'GET',
    path: '/api/health',
    permission: 'health:read',
    summary: 'Show what Lifeboat stands on, and what of it is broken.',
    command: 'health show',
    response: health,
    touches: anyone,
  }),
  metrics: endpoint({
    method: 'GET',
    path: '/metrics',
    permission: 'metrics:read',
    summary: 'Measurements for Prometheus.',
    command: null,
    stream: 'metrics',
    response: z.string(),
    touches: () => ({ cluster: '*', namespaces: 'all' }),
  }),
};
