import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';
import { type RunningServer, startServer } from '../../scenario/server.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { Binding } from '../../src/shared/access/access.contract.ts';
import { isOver, type Run } from '../../src/shared/runs/runs.contract.ts';

type Method = Parameters<RunningServer['call']>[0];

/** A built server in a process of its own, with what a test needs to know and do around it. */
export type Lifeboat = {
  /** `http://127.0.0.1:port`, the same after a restart. */
  origin: string;
  /** The id of its first cluster. */
  cluster: string;
  data: string;
  /** As the local administrator, through the socket; throws what a refusal says. */
  call: <T = unknown>(method: Method, path: string, body?: object) => Promise<T>;
  /** A single-use sign-in link. */
  link: () => Promise<string>;
  /** Makes an account; answers its password. */
  addPerson: (name: string, bindings: readonly Partial<Binding>[]) => Promise<string>;
  backUp: (spec?: object) => Promise<Run>;
  /** Waits until the run is over. */
  over: (run: Pick<Run, 'id'>) => Promise<Run>;
  /** As a power cut would. */
  kill: () => Promise<void>;
  /** Starts it again, on the same data and the same port. */
  revive: () => Promise<void>;
  end: () => Promise<void>;
};

/** Starts the built server on the cluster of a kubeconfig; its data goes away at the end. */
export async function startLifeboat(kubeconfig: string): Promise<Lifeboat> {
  const data = await mkdtemp(join(tmpdir(), 'lb-e2e-'));
  let server = await startServer({ data, kubeconfig });
  const call = async <T>(method: Method, path: string, body?: object): Promise<T> => {
    const { status, text } = await server.call(method, path, body);
    if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
  const link = async () => (await call<{ url: string }>('POST', '/api/session/link')).url;
  const { origin, port } = new URL(await link());
  const { items } = await call<{ items: { id: string }[] }>('GET', '/api/clusters');
  const cluster = items[0]?.id ?? '';
  const over = async ({ id }: Pick<Run, 'id'>): Promise<Run> => {
    for (;;) {
      const run = await call<Run>('GET', `/api/clusters/${cluster}/runs/${id}`);
      if (isOver(run.state)) return run;
      await sleep(50);
    }
  };
  return {
    origin,
    cluster,
    data,
    call,
    link,
    over,
    addPerson: async (name, given) => {
      const password = `long enough for ${name}`;
      const bindings = given.map((one) => ({ role: 'viewer', cluster: '*', ...one }));
      await call('POST', '/api/users', { name, password, bindings });
      return password;
    },
    backUp: async (spec = {}) =>
      over(await call<Run>('POST', `/api/clusters/${cluster}/backups`, spec)),
    kill: () => server.kill(),
    revive: async () => {
      server = await startServer({ data, kubeconfig, flags: ['--port', port] });
    },
    end: async () => {
      await server.stop();
      await rm(data, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export type OnSandbox = Lifeboat & { sandbox: Sandbox };

/** Starts the built server on a sandbox cluster whose faults are in the test's hands. */
export async function startOnSandbox(options: SandboxOptions = {}): Promise<OnSandbox> {
  const sandbox = await startSandbox(options);
  const folder = await mkdtemp(join(tmpdir(), 'lb-e2e-cluster-'));
  const kubeconfig = join(folder, 'kubeconfig.yaml');
  await writeFile(kubeconfig, sandbox.kubeconfig, { mode: 0o600 });
  const lifeboat = await startLifeboat(kubeconfig);
  const end = async () => {
    await lifeboat.end();
    await sandbox.close();
    await rm(folder, { recursive: true });
  };
  return { ...lifeboat, sandbox, end };
}

/** One server on a sandbox for all tests of a file. */
export function withSandboxServer(options: SandboxOptions = {}): () => OnSandbox {
  let started: OnSandbox | undefined;
  beforeAll(async () => {
    started = await startOnSandbox(options);
  });
  afterAll(() => started?.end());
  return () => {
    if (!started) throw new Error('The server is not started yet.');
    return started;
  };
}
