import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { Client } from 'undici';

const root = join(import.meta.dirname, '..');

/** The built server as people start it, in a process of its own. */
export type RunningServer = {
  pid: number;
  data: string;
  /** Seconds from the start of the process until it said that it is ready. */
  secondsToReady: number;
  call: (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
  ) => Promise<{ status: number; text: string }>;
  /** As a power cut would: nothing is said, nothing is finished. */
  kill: () => Promise<void>;
  stop: () => Promise<void>;
};

export async function startServer(
  given: { data?: string; kubeconfig?: string; flags?: readonly string[] } = {},
): Promise<RunningServer> {
  const data = given.data ?? (await mkdtemp(join(tmpdir(), 'lifeboat-server-')));
  const from = given.kubeconfig ? ['--kubeconfig', given.kubeconfig] : ['--cluster', 'sandbox'];
  const flags = [
    '--data',
    data,
    '--port',
    '0',
    '--log-level',
    'error',
    ...from,
    ...(given.flags ?? []),
  ];
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
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
    await socket.destroy();
  };
  while (!(await isReady(call))) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    if (performance.now() - begin > 60_000) throw new Error('the server was not ready in a minute');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return {
    pid: child.pid ?? 0,
    data,
    secondsToReady: (performance.now() - begin) / 1000,
    call,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

async function isReady(call: RunningServer['call']): Promise<boolean> {
  try {
    return (await call('GET', '/api/health/ready')).status === 200;
  } catch {
    return false; // not listening yet
  }
}
