import type { BackedUpKind } from '#shared/backups/backups.contract.ts';
import type { Change, ObjectChange } from '#shared/backups/contents.contract.ts';
import { diffJson, hideValues } from '#shared/backups/diff.models.ts';
import type { ApiResource } from '../../kubernetes/client.types.ts';
import type { EngineCluster } from '../engine.ts';
import { type ObjectPath, formatPath, parsePath } from '../paths.models.ts';
import { type Body, labelsOf, nameOf, textAt } from './body.models.ts';
import { contentHash } from './fingerprint.ts';
import { type Kinds, discoverKinds, hasStatusSubresource } from './kinds.ts';
import { matchesLabels, parseLabelSelector } from './label-selector.models.ts';
import { liveObjects } from './live-objects.ts';
import { normalise } from './normalise.models.ts';
import { readStored } from './plan-scan.ts';
import type { RestoreSource } from './restore.types.ts';
import type { StripOptions } from './strip.models.ts';
import { getLive } from './waits.ts';

type Given = {
  source: RestoreSource;
  target: EngineCluster;
  namespaces: readonly string[] | 'all';
};

/**
 * Which objects of a backup differ from the live cluster, in the order of their paths; one paged list
 * per kind, of which digests are kept. Only what the backup set out to hold is compared, and of that
 * what a reader bound to these namespaces may see. Throws ApiError.
 */
export async function* diffLive(given: Given, signal?: AbortSignal): AsyncGenerator<ObjectChange> {
  const kinds = await discoverKinds(given.target.client, signal);
  const compared = given.source.manifest.kinds.filter(({ read }) => read === 'complete');
  const inOrder = compared.toSorted((a, b) => compareBytes(`${a.resource}/`, `${b.resource}/`));
  for (const kind of inOrder) yield* diffKind(given, { kind, kinds, signal });
}

type One = { kind: BackedUpKind; kinds: Kinds; signal: AbortSignal | undefined };

async function* diffKind(given: Given, { kind, kinds, signal }: One): AsyncGenerator<ObjectChange> {
  const strip = stripOf(kinds, kind.resource);
  const before = new Map<string, string>();
  const wants = (path: string) => {
    const at = parsePath(path);
    return at?.resource === kind.resource && isVisible(given, at);
  };
  for await (const stored of given.source.objects({ wants }, signal))
    before.set(stored.path, contentHash(readStored(stored), strip));
  const after = await liveHashes(given, { kind, kinds, signal });
  for (const path of [...new Set([...before.keys(), ...after.keys()])].toSorted(compareBytes)) {
    const change = changeOf(before.get(path), after.get(path));
    if (change) yield { path, change, sealed: kind.sealed, changes: null };
  }
}

function changeOf(
  before: string | undefined,
  after: string | undefined,
): ObjectChange['change'] | null {
  if (before === after) return null;
  if (before === undefined) return 'added';
  return after === undefined ? 'removed' : 'changed';
}

async function liveHashes(
  given: Given,
  { kind, kinds, signal }: One,
): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  const known = kinds.get(kind.resource);
  if (!known) return hashes;
  const strip = stripOf(kinds, kind.resource);
  const labels = parseLabelSelector(given.source.manifest.spec.labelSelector ?? '');
  const resource = { ...known, version: kind.version };
  for await (const body of liveObjects({ client: given.target.client, resource, signal })) {
    const at = placeOf(kind, body);
    if (
      isVisible(given, at) &&
      isCovered(given.source, at) &&
      matchesLabels(labels, labelsOf(body))
    )
      hashes.set(formatPath(at), contentHash(body, strip));
  }
  return hashes;
}

const stripOf = (kinds: Kinds, resource: string): StripOptions => ({
  resource,
  keepStatus: !hasStatusSubresource(kinds.get(resource)),
});

const placeOf = ({ resource, namespaced }: BackedUpKind, body: Body): ObjectPath => ({
  resource,
  namespace: namespaced ? textAt(body, ['metadata', 'namespace']) : null,
  name: nameOf(body),
});

/** Somebody bound to namespaces sees nothing that is cluster-scoped. */
const isVisible = ({ namespaces }: Given, { namespace }: ObjectPath): boolean =>
  namespaces === 'all' || (namespace !== null && namespaces.includes(namespace));

/** Whether the backup would hold this object, had it been there. */
function isCovered(
  { manifest }: RestoreSource,
  { resource, namespace, name }: ObjectPath,
): boolean {
  const inside = resource === 'namespaces' ? name : namespace;
  if (inside === null) return manifest.namespaces === null || resource !== definitions;
  if (manifest.spec.excludedNamespaces?.includes(inside)) return false;
  return manifest.namespaces?.includes(inside) ?? true;
}

/** With chosen namespaces a backup holds only the definitions of their custom resources. */
const definitions = 'customresourcedefinitions.apiextensions.k8s.io';

/**
 * Every changed value of one object, from the backup (`before`) to the live cluster (`after`); of sealed
 * kinds the names of keys. Null when it is in neither.
 */
export async function diffLiveObject(
  { source, target, path }: { source: RestoreSource; target: EngineCluster; path: string },
  signal?: AbortSignal,
): Promise<ObjectChange | null> {
  const at = parsePath(path);
  const kind = source.manifest.kinds.find(({ resource }) => resource === at?.resource);
  if (!at || !kind) return null;
  const kinds = await discoverKinds(target.client, signal);
  const stored = await source.readObject(path);
  const live = await readLive(target, { at, kind, known: kinds.get(at.resource) });
  if (!stored && !live) return null;
  const strip = stripOf(kinds, at.resource);
  const side = (body: Body | null) => (body ? normalise(body, strip) : undefined);
  const found: Change[] = diffJson(side(stored && readStored(stored)), side(live));
  const sealed = stored?.sealed ?? kind.sealed;
  const change = stored && live ? 'changed' : stored ? 'removed' : 'added';
  return { path, change, sealed, changes: sealed ? hideValues(found) : found };
}

async function readLive(
  target: EngineCluster,
  { at, kind, known }: { at: ObjectPath; kind: BackedUpKind; known: ApiResource | undefined },
): Promise<Body | null> {
  if (!known) return null;
  const inside = at.namespace === null ? {} : { namespace: at.namespace };
  return getLive(target.client, {
    resource: { ...known, version: kind.version },
    name: at.name,
    ...inside,
  });
}

const compareBytes = (a: string, b: string): number =>
  Buffer.compare(Buffer.from(a), Buffer.from(b));
