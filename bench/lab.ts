import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BackupSpec } from '../src/shared/backups/backups.contract.ts';
import { createEmbeddedEngine } from '../src/server/engines/embedded/embedded-engine.ts';
import type { Engine, EngineCluster, RunContext } from '../src/server/engines/engine.ts';
import { createKubernetesClient } from '../src/server/kubernetes/client.ts';
import type { ConnectionSource } from '../src/server/kubernetes/connection.types.ts';
import { systemClock } from '../src/server/platform/clock.ts';
import { openKeyring } from '../src/server/platform/keyring.ts';
import { createLog } from '../src/server/platform/log.ts';

export type Lab = {
  engine: Engine;
  cluster: EngineCluster;
  data: string;
  repository: string;
  /** A complete, durable backup; answers its name. */
  backup: (spec?: Partial<BackupSpec>) => Promise<{ name: string; bytesWritten: number }>;
  close: () => Promise<void>;
};

export const quietContext = (run: string = crypto.randomUUID()): RunContext => ({
  run,
  signal: new AbortController().signal,
  progress: () => undefined,
  log: () => undefined,
});

/** An embedded engine on a new data folder, looking at one cluster. */
export async function openLab(given: { source: ConnectionSource; uid?: string }): Promise<Lab> {
  const data = await mkdtemp(join(tmpdir(), 'lifeboat-bench-'));
  const { server } = await given.source();
  const client = createKubernetesClient({ server, source: given.source });
  const engine = createEmbeddedEngine({
    data,
    keyring: await openKeyring({ folder: join(data, 'keys') }),
    captureWorker: new URL('../src/server/engines/embedded/capture.worker.ts', import.meta.url),
    clock: systemClock,
    log: createLog({ level: 'error' }),
  });
  const cluster = { id: 'bench', uid: given.uid ?? 'bench', client, connect: given.source };
  let count = 0;
  return {
    engine,
    cluster,
    data,
    repository: join(data, 'repositories', 'bench.git'),
    backup: async (spec = {}) => {
      const name = `bench-${++count}`;
      const { bytesWritten } = await engine.backup(
        {
          cluster,
          spec: { engine: 'embedded', type: 'incremental', ...spec },
          name,
          createdBy: 'bench',
          now: Date.now(),
        },
        quietContext(),
      );
      return { name, bytesWritten };
    },
    close: async () => {
      await engine.close();
      await client.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}
