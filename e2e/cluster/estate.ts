import { type Cluster, until } from '../../scenario/lost-namespace/cluster.ts';

/** Base64 would hide nothing: neither form may reach a reader without the right to read Secrets. */
export const secretMarker = 'planted-secret-8c1f';
export const htmlMarker = '<img src=x data-planted onerror="window.planted=1">';
/** As long as Kubernetes lets a name be. */
export const longName = `${'very-long-'.repeat(25)}end`;

const configMap = (namespace: string, name: string, data: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace },
  data,
});

/** A namespace with a Deployment whose controllers work, and with names and values that hurt. */
export async function plantNamespace(cluster: Cluster, namespace: string): Promise<void> {
  const core = `/api/v1/namespaces/${namespace}`;
  await cluster.create('/api/v1/namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace },
  });
  const settings = { currency: 'EUR', greeting: htmlMarker, right: 'שלום עולם' };
  await cluster.create(`${core}/configmaps`, configMap(namespace, 'settings', settings));
  await cluster.create(`${core}/configmaps`, configMap(namespace, longName, { a: 'b' }));
  await cluster.create(`${core}/secrets`, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'password', namespace },
    stringData: { password: secretMarker },
  });
  await cluster.create(`/apis/apps/v1/namespaces/${namespace}/deployments`, deployment(namespace));
  await until(
    'the pods of the front',
    async () => (await namesOf(cluster, `${core}/pods`)).length > 1,
  );
}

const deployment = (namespace: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'front', namespace },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'front' } },
    template: {
      metadata: { labels: { app: 'front' } },
      spec: { containers: [{ name: 'front', image: 'front:1' }] },
    },
  },
});

/** A namespace whose restore takes a few seconds. */
export async function plantMany(cluster: Cluster, namespace: string, many: number): Promise<void> {
  await cluster.create('/api/v1/namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace },
  });
  const names = Array.from({ length: many }, (_, at) => `part-${String(at).padStart(5, '0')}`);
  const next = async (): Promise<void> => {
    for (let name = names.pop(); name !== undefined; name = names.pop())
      await cluster.create(
        `/api/v1/namespaces/${namespace}/configmaps`,
        configMap(namespace, name, { name }),
      );
  };
  await Promise.all(Array.from({ length: 12 }, next));
}

/** Deletes it and waits until it is gone with all that is in it. */
export async function lose(cluster: Cluster, namespace: string): Promise<void> {
  const path = `/api/v1/namespaces/${namespace}`;
  await cluster.remove(path);
  await until(`${path} is gone`, async () => !(await cluster.exists(path)));
}

export async function namesOf(cluster: Cluster, path: string): Promise<string[]> {
  const { items } = await cluster.get(path);
  if (!Array.isArray(items)) throw new Error(`${path} is no list`);
  return items.map((item) => (item as { metadata: { name: string } }).metadata.name).sort();
}
