import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder that lives as long as the test; `write` gives the path of what it wrote. */
export function testFolder() {
  const path = mkdtempSync(join(tmpdir(), 'lifeboat-kubeconfig-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const write = (name: string, content: string, mode = 0o600) => {
    writeFileSync(join(path, name), content, { mode });
    return join(path, name);
  };
  return { path, write };
}

type Config = { cluster?: object; user?: object; context?: object; current?: string };

/** A kubeconfig (JSON is YAML) with one context `prod`. */
export const kubeconfigText = ({ cluster, user, context, current = 'prod' }: Config) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': current,
    clusters: [{ name: 'c', cluster: cluster ?? { server: 'https://api.example:6443' } }],
    users: [{ name: 'ada', user: user ?? { token: 'inline-token' } }],
    contexts: [{ name: 'prod', context: context ?? { cluster: 'c', user: 'ada' } }],
  });
