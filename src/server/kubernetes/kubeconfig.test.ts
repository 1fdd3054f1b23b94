import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inCluster } from './in-cluster.ts';
import { loadKubeconfig } from './kubeconfig.ts';
import type { Environment } from './proxy.ts';
import { kubeconfigText, testFolder } from './testing/folder.ts';

const env = { HOME: '/nowhere' };
const pem = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n';
const base64 = (text: string) => Buffer.from(text).toString('base64');

async function connectionOf(text: string, more: { env?: Environment; now?: () => number } = {}) {
  const { write, path } = testFolder();
  const file = write('config', text);
  const { contexts } = await loadKubeconfig({ paths: [file], env, ...more });
  const context = contexts.at(0);
  if (!context) throw new Error('no context');
  return { ...context, file, folder: path, write };
}

test('YAML as kubectl writes it gives every context and the current one', async () => {
  const { write } = testFolder();
  const file = write(
    'config',
    `apiVersion: v1
kind: Config
preferences: {}
current-context: arn:aws:eks:eu-west-1:1:cluster/prod
clusters:
- {name: c, cluster: {server: 'https://api.example:6443/', extensions: [{name: x, extension: {a: 1}}]}}
users:
- name: u
  user: {username: ada, password: 'p:w'}
contexts:
- name: arn:aws:eks:eu-west-1:1:cluster/prod
  context: {cluster: c, user: u, namespace: shop}
- {name: anonymous, context: {cluster: c}}
`,
  );
  const { contexts, current } = await loadKubeconfig({ paths: [file], env });
  expect(current).toBe('arn:aws:eks:eu-west-1:1:cluster/prod');
  expect(contexts.map(({ name, server }) => [name, server])).toEqual([
    ['arn:aws:eks:eu-west-1:1:cluster/prod', 'https://api.example:6443'],
    ['anonymous', 'https://api.example:6443'],
  ]);
  expect(await contexts[0]?.source()).toEqual({
    server: 'https://api.example:6443',
    credentials: { username: 'ada', password: 'p:w' },
  });
  expect((await contexts[1]?.source())?.credentials).toEqual({});
});

test('certificates come from data or from files beside the kubeconfig, data first', async () => {
  const cluster = { server: 'https://api.example', 'certificate-authority': 'ca.crt' };
  const user = {
    'client-certificate-data': base64(pem),
    'client-certificate': 'ignored.crt',
    'client-key': './keys/../key.pem',
  };
  const { source, write } = await connectionOf(kubeconfigText({ cluster, user }));
  write('ca.crt', `# authority\n${pem}`);
  write('key.pem', pem);
  expect(await source()).toMatchObject({
    ca: `# authority\n${pem}`,
    credentials: { clientCertificate: pem, clientKey: pem },
  });
});

test('tls-server-name, insecure-skip-tls-verify and proxy-url are handed on', async () => {
  const cluster = {
    server: 'https://10.0.0.1',
    'tls-server-name': 'api.internal',
    'insecure-skip-tls-verify': true,
    'proxy-url': 'socks5://proxy.example:1080',
  };
  const { source } = await connectionOf(kubeconfigText({ cluster }));
  expect(await source()).toMatchObject({
    tlsServerName: 'api.internal',
    insecureSkipTlsVerify: true,
    proxyUrl: 'socks5://proxy.example:1080',
  });
});

test('without a proxy-url the environment decides', async () => {
  const proxied = { env: { HTTPS_PROXY: 'http://proxy.example:3128' } };
  const { source } = await connectionOf(kubeconfigText({}), proxied);
  expect((await source()).proxyUrl).toBe('http://proxy.example:3128');
});

test('a token file wins over a token, and is read again when it rotates', async () => {
  const user = { token: 'inline', tokenFile: 'token' };
  const { source, write } = await connectionOf(kubeconfigText({ user }), { now: () => 1_000 });
  write('token', 'first\n');
  expect((await source()).credentials).toEqual({ token: 'first', expiresAt: 61_000 });
  write('token', 'second\n');
  expect((await source()).credentials.token).toBe('second');
});

test('several files are one: the first to define a name wins, contexts may span files', async () => {
  const { write, path } = testFolder();
  const first = write(
    'a',
    kubeconfigText({ context: { cluster: 'other', user: 'ada' }, current: '' }),
  );
  const second = write(
    'b',
    JSON.stringify({
      'current-context': 'prod',
      clusters: [
        { name: 'other', cluster: { server: 'http://other.example' } },
        { name: 'c', cluster: { server: 'http://shadowed.example' } },
      ],
      users: [{ name: 'ada', user: { token: 'shadowed' } }],
      contexts: null,
    }),
  );
  const KUBECONFIG = [first, join(path, 'missing'), second].join(':');
  const { contexts, current } = await loadKubeconfig({ env: { KUBECONFIG } });
  expect(current).toBe('prod');
  expect(await contexts[0]?.source()).toEqual({
    server: 'http://other.example',
    credentials: { token: 'inline-token' },
  });
});

test('no kubeconfig at all is no contexts, an empty one too', async () => {
  const none = { contexts: [], current: null };
  expect(await loadKubeconfig({ env })).toEqual(none);
  expect(await loadKubeconfig({ paths: [testFolder().write('config', '')], env })).toEqual(none);
});

test('a file that was named must be there', async () => {
  await expect(loadKubeconfig({ paths: ['/nowhere/config'], env })).rejects.toMatchObject({
    problem: {
      code: 'clusters.kubeconfig_unreadable',
      title: '/nowhere/config cannot be read: there is no such file.',
    },
  });
});

test.each([
  ['a list', '[]', 'the document must be a mapping'],
  ['plain text', 'hello', 'the document must be a mapping'],
  ['broken YAML', 'a: [', /at line 1, column/],
  ['a bomb of aliases', bomb(), /alias/],
  [
    'a number as server',
    kubeconfigText({ cluster: { server: 6443 } }),
    'clusters.0.cluster.server',
  ],
  ['a name that is missing', '{"users":[{"user":{}}]}', 'users.0.name must be a string'],
  ['contexts that are no list', '{"contexts":{}}', 'contexts must be a list'],
  [
    'a version of exec that nobody speaks',
    kubeconfigText({ user: { exec: { apiVersion: 'v9', command: 'x' } } }),
    'users.0.user.exec.apiVersion must be one of',
  ],
])('a kubeconfig that is %s names the file and the field', async (_, text, expected) => {
  const file = testFolder().write('broken-config', text);
  const error: unknown = await loadKubeconfig({ paths: [file], env }).catch((e: unknown) => e);
  expect(error).toMatchObject({ problem: { code: 'clusters.kubeconfig_invalid', status: 422 } });
  expect(String(error)).toContain(`${file} is not a valid kubeconfig`);
  expect(String(error)).toMatch(expected);
});

function bomb(): string {
  const levels = Array.from({ length: 9 }, (_, n) => {
    const inner = n === 0 ? 'x' : `*a${n - 1}`;
    return `a${n}: &a${n} [${Array.from({ length: 10 }, () => inner).join(',')}]`;
  });
  return levels.join('\n');
}

test.each([
  [
    { cluster: { server: 'api.example:6443' } },
    'the server of cluster c is not an http(s) address',
  ],
  [{ cluster: {} }, 'the server of cluster c is not an http(s) address'],
  [{ cluster: { server: 'https://ada:pw@api.example' } }, 'is not an http(s) address'],
  [
    { cluster: { server: 'https://x', 'certificate-authority': 'gone.crt' } },
    /gone\.crt cannot be read: there is no such file; .* names it as certificate-authority of c/,
  ],
  [
    { cluster: { server: 'https://x', 'certificate-authority-data': 'bm90IHBlbQ==' } },
    'certificate-authority-data of c is not in PEM form',
  ],
  [{ cluster: { server: 'https://x', 'proxy-url': 'ftp://x' } }, 'the proxy-url of cluster c'],
  [{ user: { 'client-certificate': '/gone.crt' } }, '/gone.crt cannot be read'],
  [{ user: { token: 'a\nb' } }, 'the token of user ada has characters no token has'],
  [{ user: { 'auth-provider': { name: 'gcp' } } }, 'signs in by an auth-provider'],
  [{ context: { cluster: 'c', user: 'nobody' } }, 'there is no user nobody'],
  [{ context: { cluster: 'gone', user: 'ada' } }, "has no context prod's cluster"],
])('a context with %j is listed, and using it says what is wrong', async (config, expected) => {
  const { name, source, file } = await connectionOf(kubeconfigText(config));
  const error: unknown = await source().catch((e: unknown) => e);
  expect(name).toBe('prod');
  expect(error).toMatchObject({
    problem: { code: expect.stringMatching(/^clusters\.kubeconfig_/) },
  });
  expect(String(error)).toMatch(expected);
  expect(String(error)).toContain(file);
});

test('a current context that no file defines is kept, and using it says so', async () => {
  const file = testFolder().write('config', kubeconfigText({ current: 'gone' }));
  const { contexts, current } = await loadKubeconfig({ paths: [file], env });
  expect(current).toBe('gone');
  const context = contexts.find(({ name }) => name === 'gone');
  expect(context?.server).toBeNull();
  await expect(context?.source()).rejects.toThrow(`${file} has no context gone`);
});

test('inside a cluster the service account is used, its token read again', async () => {
  const { path, write } = testFolder();
  write('ca.crt', pem);
  write('token', 'first');
  const podEnv = { KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '6443' };
  const found = inCluster({ env: podEnv, directory: path, now: () => 0 });
  expect(await found?.source()).toEqual({
    server: 'https://[fd00::1]:6443',
    ca: pem,
    credentials: { token: 'first', expiresAt: 60_000 },
  });
  write('token', 'second');
  expect((await found?.source())?.credentials.token).toBe('second');
});

test('outside a cluster there is no service account; half of one is an error that names the file', async () => {
  expect(inCluster({ env: {} })).toBeNull();
  const half = inCluster({
    env: { KUBERNETES_SERVICE_HOST: '10.0.0.1' },
    directory: testFolder().path,
  });
  await expect(half?.source()).rejects.toThrow(/ca\.crt cannot be read: there is no such file/);
});
