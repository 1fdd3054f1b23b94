import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Measurements for Prometheus. Labels are few by design: no names of namespaces, backups or people. */
export type Metrics = ReturnType<typeof createMetrics>;

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const longSeconds = [1, 5, 15, 60, 300, 900, 3600, 14_400];

export function createMetrics() {
  const registry = new Registry();
  // A resolution of 1 ms: with the default of 10 every event-loop delay looks like at least 10.
  collectDefaultMetrics({
    register: registry,
    prefix: 'lifeboat_',
    eventLoopMonitoringPrecision: 1,
  });
  const registers = [registry];
  return {
    requests: new Histogram({
      name: 'lifeboat_http_request_seconds',
      help: 'How long requests took, by route and status.',
      labelNames: ['method', 'route', 'status'],
      buckets: seconds,
      registers,
    }),
    runs: new Counter({
      name: 'lifeboat_runs_total',
      help: 'Runs that ended, by cluster, kind and state.',
      labelNames: ['cluster', 'kind', 'state'],
      registers,
    }),
    runSeconds: new Histogram({
      name: 'lifeboat_run_seconds',
      help: 'How long runs took from their start.',
      labelNames: ['cluster', 'kind'],
      buckets: longSeconds,
      registers,
    }),
    lastBackup: new Gauge({
      name: 'lifeboat_last_backup_timestamp_seconds',
      help: 'When the newest backup of a cluster that can be restored was completed.',
      labelNames: ['cluster'],
      registers,
    }),
    liveClients: new Gauge({
      name: 'lifeboat_live_clients',
      help: 'Open streams of live changes.',
      registers,
    }),
    /** The page that Prometheus reads. */
    text: () => registry.metrics(),
  };
}
