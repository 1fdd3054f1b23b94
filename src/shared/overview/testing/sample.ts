import type { Overview } from '../overview.contract.ts';

/** An overview in which all is well but what a test changes. Noon of 23 November 2026, UTC. */
export const sampleOverview = (over: Partial<Overview> = {}): Overview => ({
  at: '2026-11-23T12:00:00.000Z',
  cluster: {
    id: 'prod',
    name: 'prod',
    source: 'kubeconfig',
    server: 'https://prod.example',
    state: 'available',
    problem: null,
    version: 'v1.34.4',
    uid: 'u-1',
    identityChanged: false,
    isDefault: true,
    addedAt: '2026-11-01T00:00:00.000Z',
  },
  answeredAt: '2026-11-23T12:00:00.000Z',
  reach: 'all',
  seen: { from: 'cluster', at: '2026-11-23T12:00:00.000Z', problem: null },
  backups: 3,
  namespaces: { all: 16, covered: 16, partly: 0, uncovered: 0 },
  volumes: { all: 0, notBackedUp: 0 },
  newest: { backup: 'nightly', at: '2026-11-23T11:48:00.000Z', state: 'completed' },
  worst: {
    backup: 'nightly',
    at: '2026-11-23T11:48:00.000Z',
    state: 'completed',
    namespace: 'payments',
  },
  elsewhere: { exports: 0, newest: null },
  needs: [],
  active: [],
  strips: [],
  lastRestore: null,
  ...over,
});
