import type { BackedUpKind } from '#shared/backups/backups.contract.ts';
import { type JsonObject, isObject, parseJsonObject, printJson } from '#shared/json/lossless.ts';
import type { BackupManifest, StoredObject } from '../../../engine.ts';
import { formatPath } from '../../../paths.models.ts';

/** One request to an API server; a body is JSON text, so that 64-bit integers survive. */
export type Ask = (call: {
  method?: string;
  path: string;
  body?: string;
}) => Promise<{ status: number; text: string }>;

const kind = (resource: string, name: string, namespaced = true): BackedUpKind => ({
  resource,
  kind: name,
  version: 'v1',
  namespaced,
  objects: 0,
  bytes: 0,
  sealed: resource === 'secrets',
  read: 'complete',
  reason: null,
});

/** What a backup of one namespace holds, in the order of the paths. */
const kinds: readonly BackedUpKind[] = [
  kind('configmaps', 'ConfigMap'),
  kind('customresourcedefinitions.apiextensions.k8s.io', 'CustomResourceDefinition', false),
  kind('deployments.apps', 'Deployment'),
  kind('namespaces', 'Namespace', false),
  kind('persistentvolumeclaims', 'PersistentVolumeClaim'),
  kind('rolebindings.rbac.authorization.k8s.io', 'RoleBinding'),
  kind('roles.rbac.authorization.k8s.io', 'Role'),
  kind('secrets', 'Secret'),
  kind('serviceaccounts', 'ServiceAccount'),
  kind('services', 'Service'),
  kind('ships.harbor.example.org', 'Ship'),
];

const crd = 'ships.harbor.example.org';
export const longName = 'x'.repeat(252);

/** Makes a namespace with workloads, Secrets, RBAC, a claim and custom resources. */
export async function createEstate(ask: Ask, namespace: string): Promise<void> {
  const create = async (group: string, plural: string, body: unknown) => {
    const path = `${group}/namespaces/${namespace}/${plural}`;
    await expectCreated(ask, path, JSON.stringify(body));
  };
  await createDefinition(ask);
  await expectCreated(
    ask,
    '/api/v1/namespaces',
    JSON.stringify({ metadata: { name: namespace, labels: { team: 'harbor' } } }),
  );
  for (const { group, plural, body } of objects()) await create(group, plural, body);
  const ships = `/apis/harbor.example.org/v1/namespaces/${namespace}/ships`;
  for (const at of [1, 2, 3]) await expectCreated(ask, ships, ship(at));
}

const core = '/api/v1';
const rbac = '/apis/rbac.authorization.k8s.io/v1';

function objects() {
  const labels = { app: 'web' };
  const containers = [{ name: 'web', image: 'web:1' }];
  const template = { metadata: { labels }, spec: { containers } };
  const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'odd name: <b>ü' };
  const subjects = [{ kind: 'ServiceAccount', name: 'web' }];
  const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
  const plain = (name: string) => ({ metadata: { name }, data: { note: '<p>é & "x"</p>' } });
  return [
    { group: core, plural: 'configmaps', body: plain('settings') },
    { group: core, plural: 'configmaps', body: plain('y'.repeat(200)) },
    { group: core, plural: 'configmaps', body: plain(longName) },
    {
      group: core,
      plural: 'secrets',
      body: { metadata: { name: 'key' }, data: { key: 'cGxhbnRlZC1tYXJrZXI=' } },
    },
    { group: core, plural: 'serviceaccounts', body: { metadata: { name: 'web' } } },
    {
      group: core,
      plural: 'services',
      body: { metadata: { name: 'web' }, spec: { selector: labels, ports: [{ port: 80 }] } },
    },
    {
      group: core,
      plural: 'persistentvolumeclaims',
      body: { metadata: { name: 'data' }, spec: { ...claim, storageClassName: 'none' } },
    },
    { group: rbac, plural: 'roles', body: { metadata: { name: roleRef.name }, rules } },
    {
      group: rbac,
      plural: 'rolebindings',
      body: { metadata: { name: 'web' }, roleRef, subjects },
    },
    {
      group: '/apis/apps/v1',
      plural: 'deployments',
      body: { metadata: { name: 'web' }, spec: { selector: { matchLabels: labels }, template } },
    },
  ];
}

/** Fields that no schema knows, and an integer that no double holds. */
const ship = (at: number): string =>
  `{"apiVersion":"harbor.example.org/v1","kind":"Ship","metadata":{"name":"ship-${at}"},"spec":{"tons":900719925474099${at},"unknown":{"deep":["<a>",null,1.5]}}}`;

async function createDefinition(ask: Ask): Promise<void> {
  const schema = {
    type: 'object',
    properties: { spec: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
  };
  const version = { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } };
  const names = { plural: 'ships', singular: 'ship', kind: 'Ship', listKind: 'ShipList' };
  const body = {
    metadata: { name: crd },
    spec: { group: 'harbor.example.org', names, scope: 'Namespaced', versions: [version] },
  };
  const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  const { status } = await ask({ method: 'POST', path, body: JSON.stringify(body) });
  if (status === 409) return;
  const served = async () =>
    (await ask({ path: '/apis/harbor.example.org/v1/ships' })).status === 200;
  while (!(await served())) await new Promise((resolve) => setTimeout(resolve, 100));
}

async function expectCreated(ask: Ask, path: string, body: string): Promise<void> {
  const { status, text } = await ask({ method: 'POST', path, body });
  if (status !== 201) throw new Error(`POST ${path} answered ${status}: ${text}`);
}

/** Reads the namespace as a backup would: every object with `apiVersion` and `kind`. */
export async function readEstate(ask: Ask, namespace: string): Promise<StoredObject[]> {
  const found: StoredObject[] = [];
  for (const one of kinds) {
    const items = await listOf(ask, one, namespace);
    for (const item of items) {
      const path = formatPath({
        resource: one.resource,
        namespace: one.namespaced ? namespace : null,
        name: nameOf(item),
      });
      found.push({ path, oid: path, sealed: one.sealed, json: Buffer.from(printJson(item)) });
    }
  }
  return found;
}

async function listOf(ask: Ask, one: BackedUpKind, namespace: string): Promise<JsonObject[]> {
  const [plural, ...group] = one.resource.split('.');
  const base = group.length === 0 ? '/api/v1' : `/apis/${group.join('.')}/${one.version}`;
  const path = `${base}/${one.namespaced ? `namespaces/${namespace}/` : ''}${plural}`;
  const { text } = await ask({ path });
  const { items, apiVersion } = parseJsonObject(text);
  if (!Array.isArray(items) || typeof apiVersion !== 'string') throw new Error(text);
  return items
    .filter(isObject)
    .filter((item) => one.namespaced || [namespace, crd].includes(nameOf(item)))
    .map((item) => ({ ...item, apiVersion, kind: one.kind }));
}

const nameOf = ({ metadata }: JsonObject): string =>
  isObject(metadata) && typeof metadata['name'] === 'string' ? metadata['name'] : '';

/** What a restore has to bring back: without what a cluster gives every object anew. */
export function essence({ json }: StoredObject): string {
  const { metadata, status: _, ...rest } = parseJsonObject(json.toString());
  if (!isObject(metadata)) throw new Error('An object without metadata.');
  const { name = '', namespace = '' } = metadata;
  const own = (values: JsonObject[string] | undefined) =>
    Object.entries(isObject(values) ? values : {}).filter(
      ([key]) => !key.includes('velero.io/') && !key.includes('kubernetes.io/'),
    );
  const { labels, annotations } = metadata;
  const spec = isObject(rest['spec']) ? { ...rest['spec'] } : rest['spec'];
  if (isObject(spec) && rest['kind'] === 'Service') {
    delete spec['clusterIP'];
    delete spec['clusterIPs'];
  }
  return printJson({
    ...rest,
    ...(spec === undefined ? {} : { spec }),
    metadata: { name, namespace, labels: own(labels), annotations: own(annotations) },
  });
}

/** The description that goes with these objects. */
export const manifestOf = (
  id: string,
  namespace: string,
  stored: readonly StoredObject[],
): BackupManifest => ({
  formatVersion: 1,
  id,
  cluster: 'testbed',
  clusterUid: 'f2d5c8a0-0000-4000-8000-000000000000',
  serverVersion: 'v1.34.4',
  spec: { engine: 'embedded', type: 'full', namespaces: [namespace] },
  startedAt: '2026-11-23T01:00:00.000Z',
  completedAt: '2026-11-23T01:00:09.500Z',
  state: 'completed',
  namespaces: [namespace],
  objects: stored.length,
  bytes: stored.reduce((sum, { json }) => sum + json.length, 0),
  kinds: [...kinds],
  perNamespace: {},
  volumes: [{ namespace, name: 'data', reason: 'volume data is not backed up yet' }],
  createdBy: 'local',
  run: '00000000-0000-4000-8000-000000000000',
});
