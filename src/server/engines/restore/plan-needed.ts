import { type ObjectPath, formatPath } from '../paths.models.ts';
import type { Kinds } from './kinds.ts';
import { mapNamespace } from './mapping.models.ts';
import { type Candidate, candidateOf, readStored } from './plan-scan.ts';
import type { RestoreGiven } from './restore.types.ts';

const definitions = 'customresourcedefinitions.apiextensions.k8s.io';

/**
 * Adds the namespaces and definitions that chosen objects require and the target lacks. A namespace
 * whose object the backup does not hold is added bare.
 */
export async function addNeeded(
  given: RestoreGiven & {
    found: Map<string, Candidate>;
    liveNamespaces: ReadonlyMap<string, unknown>;
  },
  kinds: Kinds,
): Promise<void> {
  for (const at of neededDefinitions(given.found, kinds)) await add(given, at, kinds);
  for (const at of neededNamespaces(given)) await add(given, at, kinds);
}

function neededDefinitions(found: ReadonlyMap<string, Candidate>, kinds: Kinds): ObjectPath[] {
  const missing = new Set<string>();
  for (const { at } of found.values())
    if (at.resource.includes('.') && !kinds.get(at.resource)) missing.add(at.resource);
  return [...missing].map((name) => ({ resource: definitions, namespace: null, name }));
}

function neededNamespaces(given: Parameters<typeof addNeeded>[0]): ObjectPath[] {
  const mapping = given.options.namespaceMapping ?? {};
  const missing = new Set<string>();
  for (const { at } of given.found.values())
    if (at.namespace !== null && !given.liveNamespaces.has(mapNamespace(mapping, at.namespace)))
      missing.add(at.namespace);
  return [...missing].map((name) => ({ resource: 'namespaces', namespace: null, name }));
}

async function add(
  given: Parameters<typeof addNeeded>[0],
  at: ObjectPath,
  kinds: Kinds,
): Promise<void> {
  const path = formatPath(at);
  if (given.found.has(path)) return;
  const stored = (await given.source.readObject(path)) ?? bareNamespace(path, at);
  if (!stored) return;
  const body = readStored(stored);
  given.found.set(
    path,
    candidateOf({ stored, body, options: given.options, alsoNeeded: true }, kinds),
  );
}

/** `oid` '': the backup has no such object. */
export function bareNamespace(path: string, at: ObjectPath) {
  if (at.resource !== 'namespaces') return null;
  const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: at.name } };
  return { path, oid: '', sealed: false, json: Buffer.from(JSON.stringify(body)) };
}
