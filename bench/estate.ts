import { inFlight, type RawClient } from './raw-client.ts';

/** One object to create: where, and its body. */
export type Seed = { path: string; body: string };

const words = ['alder', 'birch', 'cedar', 'elm', 'fir', 'hazel', 'larch', 'maple', 'oak', 'pine'];

/** Deterministic filler that compresses about as badly as real configuration does. */
function filler(seed: number, length: number): string {
  let text = '';
  for (let at = seed; text.length < length; at = (at * 1_103_515_245 + 12_345) % 2_147_483_648)
    text += `${words[at % words.length]}-${at.toString(36)} `;
  return text.slice(0, length);
}

const configMap = (namespace: string, at: number): Seed => ({
  path: `/api/v1/namespaces/${namespace}/configmaps`,
  body: JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `settings-${at}`, namespace, labels: { app: `app-${at % 50}` } },
    data: { 'application.yaml': filler(at, 2_200), mode: 'live' },
  }),
});

const secret = (namespace: string, at: number): Seed => ({
  path: `/api/v1/namespaces/${namespace}/secrets`,
  body: JSON.stringify({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: `credentials-${at}`, namespace },
    stringData: { password: filler(at + 7, 600) },
  }),
});

const deployment = (namespace: string, at: number): Seed => ({
  path: `/apis/apps/v1/namespaces/${namespace}/deployments`,
  body: JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `web-${at}`, namespace, annotations: { note: filler(at + 3, 300) } },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: `web-${at}` } },
      template: {
        metadata: { labels: { app: `web-${at}` } },
        spec: {
          containers: [
            {
              name: 'web',
              image: `registry.example/web:${at}`,
              env: Array.from({ length: 10 }, (_, n) => ({
                name: `SETTING_${n}`,
                value: filler(at + n, 60),
              })),
            },
          ],
        },
      },
    },
  }),
});

const mix = [configMap, configMap, secret, deployment];

/** Config maps, Secrets and Deployments (2 : 1 : 1), spread over namespaces of 200 objects. */
export function* seeds(objects: number, prefix = 'bench'): Generator<Seed> {
  for (let at = 0; at < objects; at++) {
    const make = mix[at % mix.length] ?? configMap;
    yield make(`${prefix}-${Math.floor(at / 200)}`, at);
  }
}

export const listPaths = [
  '/api/v1/configmaps',
  '/api/v1/secrets',
  '/apis/apps/v1/deployments',
  '/api/v1/namespaces',
] as const;

/** Creates the namespaces and everything in them, 24 requests in flight. */
export async function plant(client: RawClient, objects: number, prefix = 'bench'): Promise<void> {
  const namespaces = Array.from({ length: Math.ceil(objects / 200) }, (_, n) => `${prefix}-${n}`);
  await inFlight(namespaces, 24, (name) =>
    expectCreated(client, {
      path: '/api/v1/namespaces',
      body: JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }),
    }),
  );
  await inFlight(seeds(objects, prefix), 24, (seed) => expectCreated(client, seed));
}

async function expectCreated(client: RawClient, { path, body }: Seed): Promise<void> {
  const status = await client.post(path, body);
  if (status !== 201) throw new Error(`${path} answered ${status}`);
}
