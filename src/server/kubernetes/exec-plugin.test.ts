import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createExecPlugin } from './exec-plugin.ts';
import type { ExecConfig } from './kubeconfig.models.ts';
import { testFolder } from './testing/folder.ts';

const apiVersion = 'client.authentication.k8s.io/v1';
const reached = { server: 'https://api.example', ca: 'PEM' };

/** A real program: a shell script that counts how often it ran and prints what `print` says. */
function plugin(script: string, more: Partial<ExecConfig> = {}, timeout?: number) {
  const { write, path } = testFolder();
  write('plugin.sh', `#!/bin/sh\necho run >> "$0.runs"\n${script}\n`, 0o700);
  let now = 0;
  const ask = createExecPlugin({
    config: { apiVersion, command: './plugin.sh', ...more },
    user: 'ada',
    directory: path,
    cluster: { extensions: [{ name: 'client.authentication.k8s.io/exec', extension: { a: 1 } }] },
    env: { PATH: process.env['PATH'], FROM_SERVER: 'yes' },
    now: () => now,
    ...(timeout === undefined ? {} : { timeout }),
  });
  const runs = () => readFileSync(join(path, 'plugin.sh.runs'), 'utf8').trim().split('\n').length;
  return { ask, runs, path, setNow: (at: number) => (now = at) };
}

const prints = (status: string) =>
  `printf '{"apiVersion":"${apiVersion}","kind":"ExecCredential","status":${status}}'`;
const rotating = prints(`{"token":"t-%s","expirationTimestamp":"1970-01-01T00:00:10Z"}`);

test('a plugin runs once for all who ask, and again when its credentials expire', async () => {
  const { ask, runs, setNow } = plugin(`${rotating} "$(wc -l < "$0.runs" | tr -d ' ')"`);
  const first = { token: 't-1', expiresAt: 10_000 };
  expect(await Promise.all([ask(reached), ask(reached), ask(reached)])).toEqual([
    first,
    first,
    first,
  ]);
  setNow(9_999);
  expect(await ask(reached)).toEqual(first);
  expect(runs()).toBe(1);
  setNow(10_000);
  expect(await ask(reached)).toMatchObject({ token: 't-2' });
});

test('credentials that were refused are not given again, though they have not expired', async () => {
  const { ask, runs } = plugin(`${rotating} "$(wc -l < "$0.runs" | tr -d ' ')"`);
  const refused = await ask(reached);
  expect(await ask(reached, refused)).toMatchObject({ token: 't-2' });
  expect(await ask(reached, refused)).toMatchObject({ token: 't-2' });
  expect(runs()).toBe(2);
});

test('a plugin may give a certificate instead of a token', async () => {
  const { ask } = plugin(prints('{"clientCertificateData":"CERT","clientKeyData":"KEY"}'));
  expect(await ask(reached)).toEqual({ clientCertificate: 'CERT', clientKey: 'KEY' });
});

test('a plugin gets its arguments, its environment and what it asks to know of the cluster', async () => {
  const script = `echo "$KUBERNETES_EXEC_INFO" > "$0.info"; ${prints('{"token":"%s"}')} "$1-$EXTRA-$FROM_SERVER"`;
  const { ask, path } = plugin(script, {
    args: ['arg'],
    env: [{ name: 'EXTRA', value: 'extra' }],
    provideClusterInfo: true,
  });
  expect(await ask(reached)).toEqual({ token: 'arg-extra-yes' });
  const info: unknown = JSON.parse(readFileSync(join(path, 'plugin.sh.info'), 'utf8'));
  expect(info).toEqual({
    apiVersion,
    kind: 'ExecCredential',
    spec: {
      interactive: false,
      cluster: {
        server: 'https://api.example',
        'certificate-authority-data': Buffer.from('PEM').toString('base64'),
        config: { a: 1 },
      },
    },
  });
});

test.each([
  [
    'fails',
    'echo "session expired: run aws sso login" >&2; exit 3',
    {},
    'session expired: run aws sso login',
  ],
  ['fails without a word', 'exit 3', {}, 'it ended with 3'],
  ['prints no credential', 'echo hello', {}, `it printed no ExecCredential of ${apiVersion}`],
  [
    'speaks another version',
    prints('{"token":"t"}'),
    { apiVersion: 'client.authentication.k8s.io/v1beta1' as const },
    'no ExecCredential of client.authentication.k8s.io/v1beta1',
  ],
  ['gives nothing', prints('{}'), {}, 'neither a token nor a certificate'],
  [
    'hangs',
    'trap "" TERM; echo waiting >&2; exec sleep 20',
    {},
    'it did not end within 0.3 s. waiting',
  ],
  ['floods', 'yes', {}, 'it printed more than 1 MB'],
  [
    'is not installed',
    '',
    { command: 'no-such-plugin', installHint: 'brew install it' },
    'there is no such program',
  ],
  ['wants a terminal', '', { interactiveMode: 'Always' }, 'it needs a terminal'],
])('a plugin that %s is an error that says so', async (_, script, more, expected) => {
  const begun = Date.now();
  const error: unknown = await plugin(script, more, 300)
    .ask(reached)
    .catch((e: unknown) => e);
  expect(error).toMatchObject({
    problem: { code: 'clusters.kubeconfig_exec_failed', status: 502 },
  });
  expect(String(error)).toContain('of the user ada failed');
  expect(String(error)).toContain(expected);
  expect(Date.now() - begun).toBeLessThan(5_000);
});

test('a plugin that failed is run again when asked again', async () => {
  const { ask } = plugin(`[ $(wc -l < "$0.runs") -gt 1 ] || exit 1; ${prints('{"token":"t"}')}`);
  await expect(ask(reached)).rejects.toThrow('it ended with 1');
  expect(await ask(reached)).toEqual({ token: 't' });
});
