import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { type ServerOptions, createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { createKubernetesClient } from '../client.ts';
import type { ApiResource, KubernetesClient } from '../client.types.ts';
import type { Timing } from '../timing.models.ts';

/** `turn` counts the requests from 1. */
export type Answering = (request: IncomingMessage, response: ServerResponse, turn: number) => void;

export type TestServer = { url: string; port: number; requests: IncomingMessage[] };

/** A real HTTP(S) server on loopback that lives as long as the test. */
export async function serve(answering: Answering, tls?: ServerOptions): Promise<TestServer> {
  const requests: IncomingMessage[] = [];
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    requests.push(request);
    answering(request, response, requests.length);
  };
  const server = tls ? createSecureServer(tls, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  const { port } = server.address() as AddressInfo;
  return { url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`, port, requests };
}

export function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** A Status object, as the API server refuses with it. */
export const status = (code: number, reason: string, message = reason) => ({
  kind: 'Status',
  apiVersion: 'v1',
  status: 'Failure',
  code,
  reason,
  message,
  details: { name: 'web' },
});

/** Waits short enough for tests; `tries` and order as in earnest. */
export const quick: Partial<Timing> = {
  backoffBase: 5,
  backoffCap: 20,
  headers: 150,
  stall: 150,
  total: 1_000,
  connect: 500,
  watchSilence: 150,
  relistGap: 20,
  watchBackoffCap: 20,
};

export function clientOf({ url }: TestServer, timing: Partial<Timing> = {}): KubernetesClient {
  const client = createKubernetesClient({
    server: url,
    source: async () => ({ server: url, credentials: { token: 'marker-token' } }),
    timing: { ...quick, ...timing },
  });
  onTestFinished(() => client.close());
  return client;
}

export const configMaps: ApiResource = {
  group: '',
  version: 'v1',
  plural: 'configmaps',
  kind: 'ConfigMap',
  namespaced: true,
  verbs: ['list', 'watch'],
  subresources: [],
};
export const clusterRoles: ApiResource = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  plural: 'clusterroles',
  kind: 'ClusterRole',
  namespaced: false,
  verbs: ['list', 'watch'],
  subresources: [],
};
