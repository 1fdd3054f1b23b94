import {
  metadataOf,
  nameOf,
  namespaceOf,
  readServed,
  servedText,
  uidOf,
  withMetadata,
} from '../api/manifest.models.ts';
import type { Resource } from '../api/resource.types.ts';
import { selects } from '../api/selectors.models.ts';
import { type JsonObject, isObject, listAt, parseJson, printJson, textAt } from '../json.models.ts';
import { badRequest, forbidden, preconditionFailed } from '../status.errors.ts';
import { type Stored, textOf } from '../store/stored.types.ts';
import { type World, timestamp } from '../world.types.ts';
import type { Answer, Call } from './call.types.ts';
import { isDryRun } from './dry-run.models.ts';
import { selectionIn } from './list-options.models.ts';
import { listObjects } from './list.ts';
import { changeObject, mustFind } from './update.ts';

const protectedNamespaces = new Set(['default', 'kube-system', 'kube-public']);

/** DELETE of one object: at once, or marked while finalizers hold it. */
export function deleteObject(call: Call, world: World): Answer {
  const options = readOptions(call);
  const { resource, name } = call;
  if (resource.bucket === 'namespaces' && protectedNamespaces.has(name)) {
    throw forbidden(resource, name, { message: 'this namespace may not be deleted' });
  }
  const stored = mustFind(call, world);
  const object = readServed(resource, textOf(stored));
  checkPreconditions(resource, object, options);
  const held = removeObject(resource, stored, { world, ...options });
  return held ? { status: 200, body: servedText(resource, held) } : success(resource, object);
}

type Options = { uid: string; resourceVersion: string; propagation: string; dryRun: boolean };

function readOptions({ body, query }: Call): Options {
  const given = body.trim() ? parseOptions(body) : {};
  const listed = new URLSearchParams(
    listAt(given, 'dryRun').map((one) => ['dryRun', typeof one === 'string' ? one : '']),
  );
  return {
    uid: textAt(given, 'preconditions', 'uid'),
    resourceVersion: textAt(given, 'preconditions', 'resourceVersion'),
    propagation: textAt(given, 'propagationPolicy') || (query.get('propagationPolicy') ?? ''),
    dryRun: isDryRun(query, 'DeleteOptions') || isDryRun(listed, 'DeleteOptions'),
  };
}

function parseOptions(body: string): JsonObject {
  try {
    const options = parseJson(body);
    return isObject(options) ? options : {};
  } catch (error) {
    if (error instanceof SyntaxError)
      throw badRequest(`could not read the options: ${error.message}`);
    throw error;
  }
}

function checkPreconditions(
  resource: Resource,
  object: JsonObject,
  { uid, resourceVersion }: Options,
): void {
  const name = nameOf(object);
  if (uid && uid !== uidOf(object)) {
    throw preconditionFailed(
      resource,
      name,
      `the UID in the precondition (${uid}) does not match the UID in record (${uidOf(object)}). The object might have been deleted and then recreated`,
    );
  }
  const kept = textAt(object, 'metadata', 'resourceVersion');
  if (resourceVersion && resourceVersion !== kept) {
    throw preconditionFailed(
      resource,
      name,
      `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${kept}). The object might have been modified`,
    );
  }
}

type How = { world: World; propagation?: string; dryRun?: boolean };

/** The text of the object while finalizers hold it, undefined when it is gone. */
export function removeObject(resource: Resource, stored: Stored, how: How): string | undefined {
  const { world, propagation = '', dryRun = false } = how;
  const object = readServed(resource, textOf(stored));
  const finalizers = [...listAt(object, 'metadata', 'finalizers'), ...waitingFor(propagation)];
  const marked = mark(object, finalizers, world);
  const isHeld = finalizers.length > 0 || listAt(object, 'spec', 'finalizers').length > 0;
  if (dryRun) return undefined;
  const text = changeObject(resource, marked, { world, current: stored });
  return isHeld ? text : undefined;
}

/** The garbage collector takes these away when it has done its part. */
function waitingFor(propagation: string): string[] {
  if (propagation === 'Foreground') return ['foregroundDeletion'];
  return propagation === 'Orphan' ? ['orphan'] : [];
}

function mark(object: JsonObject, finalizers: JsonObject[string][], { clock }: World): JsonObject {
  const marked = withMetadata(object, {
    deletionTimestamp: metadataOf(object)['deletionTimestamp'] ?? timestamp(clock),
    deletionGracePeriodSeconds: textAt(object, 'kind') === 'Namespace' ? undefined : 0,
    finalizers: [...new Set(finalizers)],
  });
  if (textAt(object, 'kind') !== 'Namespace') return marked;
  return { ...marked, status: { phase: 'Terminating' } };
}

function success(resource: Resource, object: JsonObject): Answer {
  const { group, plural } = resource;
  const details = {
    name: nameOf(object),
    ...(group && { group }),
    kind: plural,
    uid: uidOf(object),
  };
  const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details };
  return { status: 200, body: printJson(status) };
}

/** DELETE of a collection answers the list of what it deleted. */
export function deleteCollection(call: Call, world: World): Answer {
  const options = readOptions(call);
  const answer = listObjects(call, world);
  const bucket = world.store.bucket(call.resource.bucket);
  const selection = selectionIn(call.query, call.resource);
  for (const key of bucket.viewAt(world.store.revision()).keys.slice()) {
    const stored = bucket.get(key);
    const object = stored && readServed(call.resource, textOf(stored));
    if (!object || (call.namespace && namespaceOf(object) !== call.namespace)) continue;
    if (selects(selection, object)) removeObject(call.resource, stored, { world, ...options });
  }
  return answer;
}
