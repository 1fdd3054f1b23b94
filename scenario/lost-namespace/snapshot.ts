import type { Json, JsonObject } from '../../src/shared/json/lossless.ts';
import type { Cluster } from './cluster.ts';
import { clusterScoped, namespace } from './estate.ts';

/** Path → the object as text, normalised; objects of controllers only counted by their owner. */
export type Snapshot = ReadonlyMap<string, string>;

/** What the cluster keeps for itself, and nobody restores. */
const noise = /^(events|endpoints|endpointslices|leases)$/;

/** All objects of the namespace and what belongs to it, read directly and normalised. */
export async function takeSnapshot(cluster: Cluster): Promise<Snapshot> {
  const lists = await namespacedLists(cluster);
  const items = await Promise.all(
    lists.map(async (path) =>
      objectsOf(await cluster.get(path)).map((one) => [path, one] as const),
    ),
  );
  const single = await Promise.all(
    clusterScoped.map(
      async (path) => [path.replace(/\/[^/]+$/, ''), await cluster.get(path)] as const,
    ),
  );
  const snapshot = new Map<string, string>();
  for (const [path, object] of [...items.flat(), ...single]) {
    const [key, text] = entryOf(path, object);
    snapshot.set(key, snapshot.has(key) ? `${snapshot.get(key)}, ${text}` : text);
  }
  return snapshot;
}

/** The differences as sentences; none: the two are equal. */
export function differences(before: Snapshot, after: Snapshot, except: RegExp = /^$/): string[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])].filter((key) => !except.test(key));
  return keys.flatMap((key) => {
    const [was, is] = [before.get(key), after.get(key)];
    if (was === is) return [];
    if (was === undefined) return [`${key} was not there before`];
    return [
      is === undefined ? `${key} is missing` : `${key} differs:\n    was ${was}\n    is  ${is}`,
    ];
  });
}

async function namespacedLists(cluster: Cluster): Promise<string[]> {
  const groups = await cluster.get('/apis');
  const preferred = arrayOf(groups['groups']).map(
    (group) => `/apis/${textOf(objectOf(objectOf(group)['preferredVersion'])['groupVersion'])}`,
  );
  const found = await Promise.all(
    ['/api/v1', ...preferred].map(async (root) => {
      const { resources } = await cluster.get(root);
      return arrayOf(resources)
        .map(objectOf)
        .filter(isKept)
        .map(({ name }) => `${root}/namespaces/${namespace}/${textOf(name)}`);
    }),
  );
  return found.flat();
}

const isKept = ({ name, namespaced, verbs }: JsonObject): boolean =>
  namespaced === true &&
  !noise.test(textOf(name)) &&
  ['list', 'get', 'create'].every((verb) => arrayOf(verbs).includes(verb));

const objectsOf = (list: JsonObject): JsonObject[] => arrayOf(list['items']).map(objectOf);

function entryOf(list: string, object: JsonObject): [string, string] {
  const metadata = objectOf(object['metadata']);
  const owner = arrayOf(metadata['ownerReferences'])
    .map(objectOf)
    .find(({ controller }) => controller === true);
  if (owner !== undefined)
    return [`${list} of ${textOf(owner['kind'])} ${textOf(owner['name'])}`, 'one'];
  return [`${list}/${textOf(metadata['name'])}`, JSON.stringify(sorted(normalised(object)))];
}

const ofThisLife = ['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields'];
const jobLabels = ['batch.kubernetes.io/controller-uid', 'controller-uid'];

/** The documented normalisation: what the cluster gives each object anew says nothing about it. */
function normalised(object: JsonObject): JsonObject {
  const { status: _, apiVersion: __, kind: ___, ...rest } = object;
  const metadata = without(objectOf(object['metadata']), ofThisLife);
  const spec = objectOf(object['spec']);
  if (!JSON.stringify(spec['selector'] ?? null).includes('controller-uid'))
    return { ...rest, metadata };
  return { ...rest, metadata: withoutUidLabels(metadata), spec: withoutUid(spec) };
}

/** A Job's selector, and the labels of it and its template, carry the uid of its first life. */
function withoutUid(spec: JsonObject): JsonObject {
  const template = objectOf(spec['template']);
  const metadata = withoutUidLabels(objectOf(template['metadata']));
  return { ...without(spec, ['selector']), template: { ...template, metadata } };
}

const withoutUidLabels = (metadata: JsonObject): JsonObject => ({
  ...metadata,
  labels: without(objectOf(metadata['labels']), jobLabels),
});

const without = (object: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null || JSON.isRawJSON(value)) return value;
  const entries = Object.entries(value as JsonObject).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

const arrayOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);

const objectOf = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !JSON.isRawJSON(value)
    ? (value as JsonObject)
    : {};
