import type { Cluster } from '#shared/clusters/clusters.contract.ts';
import type { Run } from '#shared/runs/runs.contract.ts';

export const cluster: Cluster = {
  id: 'sandbox',
  name: 'sandbox',
  source: 'sandbox',
  server: 'http://127.0.0.1:1',
  state: 'available',
  problem: null,
  version: 'v1.34.4',
  uid: 'u-1',
  identityChanged: false,
  isDefault: true,
  addedAt: '2026-11-23T11:00:00Z',
};

export const clusters = { items: [cluster], next: null };

export const running: Run = {
  id: '01930000-0000-7000-8000-000000000001',
  cluster: 'sandbox',
  kind: 'backup',
  state: 'running',
  reason: null,
  backup: 'manual-1',
  plan: null,
  priority: 'high',
  schedule: null,
  slot: null,
  createdBy: 'admin',
  createdAt: '2026-11-23T11:59:50Z',
  startedAt: '2026-11-23T11:59:50Z',
  finishedAt: null,
  progress: {
    doing: 'Reading deployments.apps',
    items: { done: 50, total: 200 },
    bytes: { done: 2048, total: null },
  },
  problem: null,
  result: null,
};

export const completed: Run = {
  ...running,
  state: 'completed',
  finishedAt: '2026-11-23T11:59:53Z',
  result: { objects: 200, bytesWritten: 4096 },
};

export const refusal = {
  code: 'access.permission_missing',
  status: 403,
  title: 'You may not do this.',
  detail: 'Nothing was changed. Ask for backups:create.',
};
