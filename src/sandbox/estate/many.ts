import type { Printer } from '../store/stored.types.ts';
import type { World } from '../world.types.ts';
import { namespace } from './base.ts';
import { loadEstate } from './load.ts';

const kinds = ['configmaps', 'secrets', 'deployments.apps', 'services'] as const;
type Bucket = (typeof kinds)[number];

/** Objects for measuring: bodies are printed when they are read, so that 200,000 cost little memory. */
export function loadMany(world: World, objects: number): void {
  const namespaces = Math.max(1, Math.ceil(objects / 200));
  loadEstate(world, (add) => {
    for (let index = 0; index < namespaces; index += 1) add(namespace(`load-${index}`));
  });
  kinds.forEach((bucket, offset) => {
    const count = Math.ceil((objects - offset) / kinds.length);
    const printer: Printer = { print: (key, revision) => print(bucket, key, revision) };
    const loaded = Array.from({ length: count }, (_, index) => ({
      key: `load-${index % namespaces}/item-${String(index).padStart(6, '0')}`,
      body: printer,
    }));
    world.store.load(bucket, loaded);
  });
}

const filler = 'The quick brown fox jumps over the lazy dog. '.repeat(12);

/** The body follows from the key: the same text for the same revision. */
function print(bucket: Bucket, key: string, revision: number): string {
  const [namespaceOf = '', name = ''] = key.split('/');
  const number = name.slice(5).padStart(12, '0');
  const uid = `0000000${kinds.indexOf(bucket)}-0000-4000-8000-${number}`;
  const generation = bucket === 'deployments.apps' ? '"generation":1,' : '';
  const metadata = `{"metadata":{"name":"${name}","namespace":"${namespaceOf}","uid":"${uid}","resourceVersion":"${revision}",${generation}"creationTimestamp":"2026-01-01T00:00:00Z","labels":{"app":"app-${number.slice(-2)}","tier":"load"}},`;
  return metadata + parts[bucket](name, number);
}

const parts: Record<Bucket, (name: string, number: string) => string> = {
  configmaps: (name, number) => `"data":{"key":"${name}","number":"${number}","text":"${filler}"}}`,
  secrets: (_name, number) =>
    `"data":{"password":"${Buffer.from(number).toString('base64')}"},"type":"Opaque"}`,
  'deployments.apps': (name) =>
    `"spec":{"replicas":0,"selector":{"matchLabels":{"app":"${name}"}},"template":{"metadata":{"labels":{"app":"${name}"}},"spec":{"containers":[{"name":"main","image":"registry.example.com/${name}:1.0","env":[{"name":"TEXT","value":"${filler}"}]}]}}},"status":{"observedGeneration":1}}`,
  services: (name) =>
    `"spec":{"ports":[{"protocol":"TCP","port":80,"targetPort":80}],"selector":{"app":"${name}"},"clusterIP":"None","clusterIPs":["None"],"type":"ClusterIP"},"status":{"loadBalancer":{}}}`,
};
