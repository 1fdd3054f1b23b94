import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { Client } from 'undici';
import { measured } from './gates.ts';
import type { Measure } from './report.models.ts';
import { seedFacts } from './s6-facts.ts';

const root = join(import.meta.dirname, '..');

/** The built server as people start it, in a process of its own. */
export type RunningServer = {
  pid: number;
  data: string;
  /** Seconds from the start of the process until it said that it is ready. */
  secondsToReady: number;
  call: (
    method: 'GET' | 'POST',
    path: string,
    body?: object,
  ) => Promise<{ status: number; text: string }>;
  stop: () => Promise<void>;
};

export async function startServer(
  given: { data?: string; kubeconfig?: string } = {},
): Promise<RunningServer> {
  const data = given.data ?? (await mkdtemp(join(tmpdir(), 'lifeboat-bench-server-')));
  const from = given.kubeconfig ? ['--kubeconfig', given.kubeconfig] : ['--cluster', 'sandbox'];
  const flags = ['--data', data, '--port', '0', '--log-level', 'error', ...from];
  const begin = performance.now();
  const child = spawn(process.execPath, [join(root, 'dist/server/main.js'), ...flags], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const socket = new Client('http://localhost', { socketPath: join(data, 'server.sock') });
  const call: RunningServer['call'] = async (method, path, body) => {
    const answer = await socket.request({
      method,
      path,
      ...(body
        ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
        : {}),
    });
    return { status: answer.statusCode, text: await answer.body.text() };
  };
  while (!(await isReady(call))) await new Promise((resolve) => setTimeout(resolve, 5));
  return {
    pid: child.pid ?? 0,
    data,
    secondsToReady: (performance.now() - begin) / 1000,
    call,
    stop: async () => {
      await socket.close();
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      await rm(data, { recursive: true, force: true });
    },
  };
}

async function isReady(call: RunningServer['call']): Promise<boolean> {
  try {
    return (await call('GET', '/api/health/ready')).status === 200;
  } catch {
    return false; // not listening yet
  }
}

/** S6: with a million facts in the database. */
export async function benchStart(facts: number): Promise<Measure[]> {
  const data = await mkdtemp(join(tmpdir(), 'lifeboat-bench-facts-'));
  await seedFacts(data, facts);
  const server = await startServer({ data });
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  const memory =
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1024;
  await server.stop();
  return [
    measured('S6 start', {
      what: `cold start to ready with ${facts} facts`,
      numerator: server.secondsToReady,
      unit: 's',
    }),
    measured('S6 memory', {
      what: 'idle memory (with the sandbox cluster inside)',
      numerator: memory,
      unit: 'MB',
    }),
  ];
}
