import { metadataOf, readServed, withMetadata } from '../api/manifest.models.ts';
import { type JsonObject, numberAt, objectAt, printJson } from '../json.models.ts';
import { textOf } from '../store/stored.types.ts';
import type { World } from '../world.types.ts';
import { readObject } from './read-body.ts';
import type { Answer, Call } from './call.types.ts';
import { isDryRun } from './dry-run.models.ts';
import { applyPatch } from './patch.models.ts';
import { changeObject, mustFind } from './update.ts';

const expected = { apiVersion: 'autoscaling/v1', kind: 'Scale' };

/** GET, PUT and PATCH of `scale`: the replicas and nothing else. */
export function scaleObject(call: Call, world: World, verb: string): Answer {
  const current = mustFind(call, world);
  const object = readServed(call.resource, textOf(current));
  if (verb === 'get') return { status: 200, body: printJson(scaleOf(object)) };
  const next =
    verb === 'patch'
      ? applyPatch(scaleOf(object), call.body, call.contentType)
      : readObject(call, expected);
  const replicas = numberAt(next, 'spec', 'replicas') ?? 0;
  const scaled = { ...object, spec: { ...objectAt(object, 'spec'), replicas } };
  const dryRun = isDryRun(call.query, 'UpdateOptions');
  const text = changeObject(call.resource, scaled, { world, current, dryRun });
  return { status: 200, body: printJson(scaleOf(readServed(call.resource, text))) };
}

function scaleOf(object: JsonObject): JsonObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadataOf(object);
  const metadata = { name, namespace, uid, resourceVersion, creationTimestamp };
  const scale = withMetadata({ kind: 'Scale', apiVersion: 'autoscaling/v1' }, metadata);
  const replicas = numberAt(object, 'spec', 'replicas');
  const labels = Object.entries(objectAt(object, 'spec', 'selector', 'matchLabels'));
  return {
    ...scale,
    spec: replicas ? { replicas } : {},
    status: {
      replicas: numberAt(object, 'status', 'replicas') ?? 0,
      selector: labels
        .map(([key, value]) => `${key}=${JSON.stringify(value).replaceAll('"', '')}`)
        .join(','),
    },
  };
}
