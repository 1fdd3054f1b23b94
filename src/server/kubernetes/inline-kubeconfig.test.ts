import { expect, test } from 'vitest';
import { parseInlineKubeconfig } from './inline-kubeconfig.ts';
import { kubeconfigText } from './testing/folder.ts';

const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'touch' };
const pem = Buffer.from('-----BEGIN CERTIFICATE-----\n').toString('base64');

test('a kubeconfig with all it needs inline gives a connection', async () => {
  const cluster = { server: 'https://api.example/', 'certificate-authority-data': pem };
  const { name, server, source } = parseInlineKubeconfig(kubeconfigText({ cluster }));
  expect([name, server]).toEqual(['prod', 'https://api.example']);
  expect(await source()).toEqual({
    server: 'https://api.example',
    ca: '-----BEGIN CERTIFICATE-----\n',
    guarded: true,
    credentials: { token: 'inline-token' },
  });
});

test.each([
  ['an exec plugin', { user: { exec } }, 'clusters.kubeconfig_runs_program', 'exec'],
  [
    'an auth provider',
    { user: { 'auth-provider': { name: 'gcp' } } },
    'clusters.kubeconfig_runs_program',
    'auth-provider',
  ],
  [
    'a token file',
    { user: { tokenFile: '/etc/passwd' } },
    'clusters.kubeconfig_reads_file',
    'tokenFile',
  ],
  [
    'a certificate file',
    { user: { 'client-certificate': 'a' } },
    'clusters.kubeconfig_reads_file',
    'client-certificate',
  ],
  [
    'a key file beside data',
    { user: { 'client-key': 'a', 'client-key-data': pem } },
    'clusters.kubeconfig_reads_file',
    'client-key',
  ],
  [
    'an authority file',
    { cluster: { server: 'https://x', 'certificate-authority': 'a' } },
    'clusters.kubeconfig_reads_file',
    'certificate-authority',
  ],
  [
    'a server that is no web address',
    { cluster: { server: 'file:///etc/passwd' } },
    'clusters.kubeconfig_invalid',
    'http(s)',
  ],
  [
    'a metadata service as its server',
    { cluster: { server: 'http://0xa9fea9fe/latest' } },
    'clusters.link_local',
    '169.254.169.254',
  ],
  [
    'a link-local proxy',
    { cluster: { server: 'https://x', 'proxy-url': 'http://[fe80::1]:8080' } },
    'clusters.link_local',
    'fe80::1',
  ],
  [
    'a cluster that is missing',
    { context: { cluster: 'gone' } },
    'clusters.kubeconfig_invalid',
    'gone',
  ],
  [
    'a token with a second header in it',
    { user: { token: 'abc\r\nx-forwarded-user: admin' } },
    'clusters.kubeconfig_invalid',
    'line break',
  ],
  [
    'a token that ends with a line break',
    { user: { token: 'abc\n' } },
    'clusters.kubeconfig_invalid',
    'line break',
  ],
  ['no current context', { current: '' }, 'clusters.kubeconfig_context_missing', 'context'],
  [
    'an unknown current context',
    { current: 'gone' },
    'clusters.kubeconfig_context_unknown',
    'gone',
  ],
])(
  'a kubeconfig sent as text with %s is refused before anything is run, read or reached',
  (_, config, code, word) => {
    const problem = problemOf(() => parseInlineKubeconfig(kubeconfigText(config)));
    expect(problem).toMatchObject({ problem: { code, status: 422 } });
    expect(String(problem)).toContain(word);
  },
);

test.each([
  ['lists in lists', '['.repeat(100_000)],
  ['mappings in mappings', '{"a":'.repeat(30_000)],
  ['lists by dashes', `${'- '.repeat(90_000)}x`],
  ['keys of keys', '? '.repeat(90_000)],
])('a document of %s, deeper than any kubeconfig, is told as that', (_, text) => {
  const problem = problemOf(() => parseInlineKubeconfig(text));
  expect(problem).toMatchObject({
    problem: {
      code: 'clusters.kubeconfig_invalid',
      title: 'The kubeconfig is not a valid kubeconfig: it is nested more than 100 levels deep.',
    },
  });
});

test('a document longer than any kubeconfig is not read', () => {
  const problem = problemOf(() => parseInlineKubeconfig(`# ${'x'.repeat(4 * 1024 * 1024)}`));
  expect(String(problem)).toContain('it is longer than 4 MiB');
});

test('an exec plugin in a context that is not chosen is refused all the same', () => {
  const text = JSON.stringify({
    clusters: [{ name: 'c', cluster: { server: 'https://x' } }],
    users: [
      { name: 'a', user: { token: 't' } },
      { name: 'b', user: { exec } },
    ],
    contexts: [{ name: 'a', context: { cluster: 'c', user: 'a' } }],
  });
  expect(problemOf(() => parseInlineKubeconfig(text, 'a'))).toMatchObject({
    problem: { code: 'clusters.kubeconfig_runs_program' },
  });
});

test('what is wrong is told without repeating secrets', () => {
  const text = kubeconfigText({ user: { token: 'marker-secret', password: 7 } });
  const problem = problemOf(() => parseInlineKubeconfig(text));
  expect(String(problem)).toContain('users.0.user.password must be a string');
  expect(JSON.stringify(problem) + String(problem)).not.toContain('marker-secret');
});

function problemOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}
