import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../platform/config/config.ts';
import { findClusters } from './given-clusters.ts';

const kubeconfig = `
apiVersion: v1
kind: Config
current-context: prod
clusters: [{name: c, cluster: {server: 'https://127.0.0.1:1'}}]
users: [{name: u, user: {token: t}}]
contexts:
  - {name: prod, context: {cluster: c, user: u}}
  - {name: dev, context: {cluster: c, user: u}}
`;

function file(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'lifeboat-start-')), 'config');
  writeFileSync(path, text);
  return path;
}

async function found(argv: string[], env: Record<string, string> = {}) {
  const home = { HOME: mkdtempSync(join(tmpdir(), 'lifeboat-home-')), ...env };
  const { clusters, close } = await findClusters(readConfig({ argv, env: home }), home);
  await close();
  return clusters.map(
    ({ name, kind, isDefault }) => `${kind} ${name}${isDefault ? ' (default)' : ''}`,
  );
}

test('without any kubeconfig there is the sandbox', async () => {
  expect(await found([])).toEqual(['sandbox sandbox (default)']);
});

test('the usual kubeconfig gives its current context alone: others may run programs', async () => {
  expect(await found([], { KUBECONFIG: file(kubeconfig) })).toEqual(['kubeconfig prod (default)']);
});

test('a kubeconfig that is named gives all its contexts', async () => {
  expect(await found(['--kubeconfig', file(kubeconfig), '--cluster', 'dev'])).toEqual([
    'kubeconfig prod',
    'kubeconfig dev (default)',
  ]);
});

test('in a pod without a kubeconfig it is the cluster of the pod', async () => {
  expect(await found([], { KUBERNETES_SERVICE_HOST: '10.0.0.1' })).toEqual([
    'inCluster in-cluster (default)',
  ]);
});

test('the sandbox can be asked for although there is a kubeconfig', async () => {
  expect(await found(['--cluster', 'sandbox'], { KUBECONFIG: file(kubeconfig) })).toEqual([
    'sandbox sandbox (default)',
  ]);
});

test('a context that is not there is refused with those that are', async () => {
  await expect(found(['--kubeconfig', file(kubeconfig), '--cluster', 'stage'])).rejects.toThrow(
    'No kubeconfig has a context stage.',
  );
});
