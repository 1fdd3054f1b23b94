import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { type Cluster, until } from './cluster.ts';

export const namespace = 'shop';
const ordersCount = 300;
const orders = '/apis/shop.example/v1/namespaces/shop/orders';

type Manifest = {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
};

const plurals: Readonly<Record<string, string>> = {
  Ingress: 'ingresses',
  NetworkPolicy: 'networkpolicies',
};

/** What lies outside of the namespace and gets lost with it. */
export const clusterScoped = [
  '/api/v1/namespaces/shop',
  '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/orders.shop.example',
  '/apis/rbac.authorization.k8s.io/v1/clusterroles/shop-reads-nodes',
  '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/shop-reads-nodes',
  '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/shop-settings-are-reviewed',
] as const;

export const settings = '/api/v1/namespaces/shop/configmaps/settings';
/** The same ConfigMap as backups name it. */
export const settingsInBackup = 'resources/configmaps/namespaces/shop/settings.json';

/** Makes the shop, and waits until the controllers have done their part. */
export async function createShop(cluster: Cluster): Promise<void> {
  const text = readFileSync(join(import.meta.dirname, 'shop.yaml'), 'utf8');
  const manifests = parseAllDocuments(text).map((document) => document.toJS() as Manifest);
  for (const manifest of manifests) {
    if (manifest.kind === 'ValidatingWebhookConfiguration')
      await until('kube-root-ca.crt', rootCa(cluster));
    await cluster.create(collectionOf(manifest), manifest);
  }
  await until('the kind Order', () => cluster.exists(orders));
  await createOrders(cluster);
  await until('five pods', async () => (await podCount(cluster)) >= 5);
}

const rootCa = (cluster: Cluster) => () =>
  cluster.exists('/api/v1/namespaces/shop/configmaps/kube-root-ca.crt');

async function podCount(cluster: Cluster): Promise<number> {
  const { items } = await cluster.get('/api/v1/namespaces/shop/pods');
  return Array.isArray(items) ? items.length : 0;
}

/** Fields that no schema names, and integers that a double cannot hold. */
async function createOrders(cluster: Cluster): Promise<void> {
  const numbers = Array.from({ length: ordersCount }, (_, index) => index);
  const next = async (): Promise<void> => {
    for (let number = numbers.pop(); number !== undefined; number = numbers.pop())
      await cluster.create(orders, order(number));
  };
  await Promise.all(Array.from({ length: 8 }, next));
}

const order = (number: number) => ({
  apiVersion: 'shop.example/v1',
  kind: 'Order',
  metadata: { name: `order-${String(number).padStart(3, '0')}`, namespace },
  spec: {
    ledgerId: JSON.rawJSON(String(9_007_199_254_740_993n + BigInt(number) * 2n)),
    'unheard-of': { nested: [number, null, { 'with/slash': true }], empty: {}, price: 12.5 },
    customer: number % 7 === 0 ? '"quoted" <i>&amp;</i> 注文' : `customer-${number}`,
  },
});

function collectionOf({ apiVersion, kind, metadata }: Manifest): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const plural = plurals[kind] ?? `${kind.toLowerCase()}s`;
  return metadata.namespace === undefined
    ? `${root}/${plural}`
    : `${root}/namespaces/${metadata.namespace}/${plural}`;
}

/** Everything goes: the custom resources with their kind, the namespace, and what belongs to it. */
export async function destroyShop(cluster: Cluster): Promise<void> {
  for (const path of [...clusterScoped].reverse()) await cluster.remove(path);
  for (const path of clusterScoped)
    await until(`${path} is gone`, async () => !(await cluster.exists(path)));
}
