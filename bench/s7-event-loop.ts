import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../scenario/server.ts';
import { measured } from './gates.ts';
import type { Measure } from './report.models.ts';
import { startSandboxProcess } from './sandbox-process.ts';

/** S7: how long the server keeps others waiting while it backs a large cluster up. */
export async function benchEventLoop(objects: number): Promise<Measure[]> {
  const sandbox = await startSandboxProcess(objects);
  const folder = await mkdtemp(join(tmpdir(), 'lifeboat-bench-loop-'));
  const kubeconfig = join(folder, 'kubeconfig.yaml');
  await writeFile(kubeconfig, sandbox.kubeconfig);
  const server = await startServer({ kubeconfig });
  await server.call('GET', '/metrics'); // each reading begins a new measurement
  const clusters = JSON.parse((await server.call('GET', '/api/clusters')).text) as {
    items: { id: string }[];
  };
  const cluster = clusters.items[0]?.id ?? '';
  const started = await server.call('POST', `/api/clusters/${cluster}/backups`, {});
  const run = JSON.parse(started.text) as { id: string };
  for (let state = 'queued'; ['queued', 'waiting', 'running'].includes(state);) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    const now = await server.call('GET', `/api/clusters/${cluster}/runs/${run.id}`);
    ({ state } = JSON.parse(now.text) as { state: string });
  }
  const { text } = await server.call('GET', '/metrics');
  await server.stop();
  await sandbox.stop();
  await rm(folder, { recursive: true });
  return [
    measured('S7', {
      what: `event-loop delay of the server while ${objects} objects are backed up, p99`,
      numerator: Number(/eventloop_lag_p99_seconds ([\d.e-]+)/.exec(text)?.[1]) * 1000,
      unit: 'ms',
    }),
  ];
}
