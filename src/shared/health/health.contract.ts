import * as z from 'zod/mini';
import { endpoint } from '../http/endpoint.ts';

const anyone = (): { cluster: string; namespaces: 'some' } => ({
  cluster: '*',
  namespaces: 'some',
});

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
