import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKubernetesClient } from '../../../kubernetes/client.ts';
import { openKeyring } from '../../../platform/keyring.ts';
import { createEmbeddedEngine, type EmbeddedNeeds } from '../embedded-engine.ts';
import { startApiServer } from './api-server.ts';
import type { KeptSpec } from '#shared/backups/backups.contract.ts';
import type { RunContext } from '../../engine.ts';
import type { Problem } from '#shared/http/problem.ts';

export const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export const contextOf = (given: Partial<RunContext> = {}): RunContext => ({
  run: crypto.randomUUID(),
  signal: new AbortController().signal,
  progress: () => {},
  log: () => {},
  ...given,
});

export const object = (name: string, namespace: string | null, more: object = {}) =>
  JSON.stringify({
    metadata: {
      name,
      ...(namespace === null ? {} : { namespace }),
      uid: `uid-${namespace}-${name}`,
      resourceVersion: '1',
      ...('labels' in more ? { labels: more.labels } : {}),
    },
    ...more,
  });

const usualKinds = [
  { plural: 'namespaces', kind: 'Namespace', namespaced: false },
  { plural: 'configmaps', kind: 'ConfigMap' },
  { plural: 'secrets', kind: 'Secret' },
];

/** The embedded engine on a folder of its own, before a small API server. */
export async function openLab(more: Partial<EmbeddedNeeds> = {}) {
  const api = await startApiServer();
  const data = more.data ?? (await mkdtemp(join(tmpdir(), 'lifeboat-embedded-')));
  const keyring = more.keyring ?? (await openKeyring({ folder: join(data, 'keys') }));
  const engine = createEmbeddedEngine({
    keyring,
    captureWorker: new URL('../capture.worker.ts', import.meta.url),
    clock: () => Temporal.Instant.from('2026-11-23T12:00:00Z'),
    log: silent,
    ...more,
    data,
  });
  const connect = async () => ({ server: api.url, credentials: {} });
  const client = createKubernetesClient({ server: api.url, source: connect });
  const cluster = { id: 'test', uid: 'uid-test', client, connect };
  for (const kind of usualKinds) api.serve(kind);
  let made = 0;
  return {
    api,
    data,
    engine,
    cluster,
    keyring,
    gitDir: join(data, 'repositories', 'test.git'),
    backup: (spec: Partial<KeptSpec> = {}, context = contextOf()) => {
      made += 1;
      const { name = `manual-${made}`, ...rest } = spec;
      return engine.backup(
        {
          cluster,
          spec: { engine: 'embedded', type: 'incremental', ...rest },
          name,
          createdBy: 'test',
          now: Date.parse('2026-11-23T12:00:00Z'),
        },
        context,
      );
    },
    close: async () => {
      await engine.close();
      await client.close();
      await api.close();
      if (more.data === undefined) await rm(data, { recursive: true, force: true });
    },
  };
}
export type Lab = Awaited<ReturnType<typeof openLab>>;

/** `shop` and `blog` with some objects each. */
export function fill({ api }: Lab, objects = 3) {
  for (const namespace of ['shop', 'blog']) {
    api.put('namespaces', namespace, object(namespace, null));
    for (let at = 0; at < objects; at += 1) {
      const name = `config-${at}`;
      api.put('configmaps', `${namespace}/${name}`, object(name, namespace, { data: { at } }));
    }
    api.put(
      'secrets',
      `${namespace}/db`,
      object('db', namespace, { data: { password: 'cGxhbnRlZC1tYXJrZXI=' } }),
    );
  }
}

export const problemOf = async (act: Promise<unknown>): Promise<Problem> => {
  try {
    await act;
  } catch (error) {
    if (error instanceof Error && 'problem' in error) return error.problem as Problem;
    throw error;
  }
  throw new Error('nothing went wrong');
};

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
