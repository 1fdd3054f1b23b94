import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConnectionSource } from './connection.types.ts';
import type { Environment } from './proxy.ts';
import { credentialFileUnreadable } from './kubeconfig.errors.ts';

const mounted = '/var/run/secrets/kubernetes.io/serviceaccount';
/** Service account tokens rotate; the kubelet writes the new one long before the old one ends. */
const rereadAfter = 60_000;

/**
 * The connection of the service account that Lifeboat runs as; null outside a cluster.
 * https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/
 */
export function inCluster(
  given: { env?: Environment; directory?: string; now?: () => number } = {},
): { name: string; server: string; source: ConnectionSource } | null {
  const { env = process.env, directory = mounted, now = Date.now } = given;
  const host = env['KUBERNETES_SERVICE_HOST'] ?? '';
  const port = env['KUBERNETES_SERVICE_PORT'] ?? '443';
  if (host === '') return null;
  const server = `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const source = async () => ({
    server,
    ca: await readMounted(directory, 'ca.crt'),
    credentials: {
      token: (await readMounted(directory, 'token')).trim(),
      expiresAt: now() + rereadAfter,
    },
  });
  return { name: 'in-cluster', server, source };
}

async function readMounted(directory: string, file: string): Promise<string> {
  const path = join(directory, file);
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw credentialFileUnreadable({ where: 'the service account', field: file, path }, error);
  }
}
