import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, inject, test } from 'vitest';
import { type Call, callApi } from './api.ts';
import './provided.ts';
import { startTestbed } from './start.ts';
import { addUser } from './users.ts';

const shared = inject('testbed');

async function ask(given: { token?: string }, call: Call) {
  const ca = await readFile(shared.caFile, 'utf8');
  const token = given.token ?? shared.adminToken;
  const { status, text } = await callApi({ server: shared.server, ca, token }, call);
  return { status, body: JSON.parse(text) };
}

test('the API server answers with its real version, and its controllers have begun', async () => {
  const version = await ask({}, { path: '/version' });
  expect(version.body.gitVersion).toBe('v1.34.4');
  const account = await ask({}, { path: '/api/v1/namespaces/default/serviceaccounts/default' });
  expect(account.status).toBe(200);
});

test('a person made while it runs has the name and groups asked for, and no rights', async () => {
  const { token } = await addUser(shared, { name: 'ann@example.org', groups: ['shop'] });
  const who = await ask(
    { token },
    {
      method: 'POST',
      path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
    },
  );
  expect(who.body.status.userInfo).toMatchObject({
    username: 'ann@example.org',
    groups: ['shop', 'system:authenticated'],
  });
  expect((await ask({ token }, { path: '/api/v1/pods' })).status).toBe(403);
  expect((await ask({ token: `${token}x` }, { path: '/api/v1/pods' })).status).toBe(401);
});

test('a second control plane runs beside the first one and leaves nothing behind', async () => {
  const second = await startTestbed({ controllers: false, context: 'second' });
  const kubeSystem = '/api/v1/namespaces/kube-system';
  const ca = await readFile(second.caFile, 'utf8');
  const there = { server: second.server, ca, token: second.adminToken };
  const other = JSON.parse((await callApi(there, { path: kubeSystem })).text);
  expect(other.metadata.uid).not.toBe((await ask({}, { path: kubeSystem })).body.metadata.uid);
  await second.stop();
  expect(existsSync(second.directory)).toBe(false);
  expect(second.processes.filter(({ pid }) => isAlive(pid))).toEqual([]);
});

test('when the process that started it is killed, its processes end by themselves', async () => {
  const code = `
    const { startTestbed } = await import('./testbed/start.ts');
    const { processes, directory } = await startTestbed({ controllers: false });
    console.log(JSON.stringify({ pids: processes.map(({ pid }) => pid), directory }));
    process.kill(process.pid, 'SIGKILL');`;
  const output = await new Promise<string>((resolve) => {
    const args = ['--input-type=module', '-e', code];
    execFile(process.execPath, args, { cwd: `${import.meta.dirname}/..` }, (_, stdout) =>
      resolve(stdout),
    );
  });
  const { pids, directory } = JSON.parse(output) as { pids: number[]; directory: string };
  await expect.poll(() => pids.filter(isAlive), { timeout: 10_000 }).toEqual([]);
  await expect.poll(() => existsSync(directory), { timeout: 10_000 }).toBe(false);
});

test('a start that fails shows the end of the log and leaves no process', async () => {
  const options = { controllers: false, apiServerFlags: ['--no-such-flag'] };
  const failure: unknown = await startTestbed(options).catch((error: unknown) => error);
  expect(String(failure)).toMatch(/kube-apiserver did not start.*unknown flag/s);
  const [log = ''] = /\/[^ ]*kube-apiserver\.log/.exec(String(failure)) ?? [];
  await rm(dirname(log), { recursive: true });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
