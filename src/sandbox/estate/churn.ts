import { withMetadata } from '../api/manifest.models.ts';
import { amend, ensure, lookUp } from '../controllers/act.ts';
import { removeObject } from '../http/delete.ts';
import { type JsonObject, objectAt, textAt } from '../json.models.ts';
import type { World } from '../world.types.ts';

const everyMs = 1500;

/** Keeps the estate alive: leases are renewed, pods come and go, a setting changes now and then. */
export function startChurn(world: World): { stop: () => void } {
  const timer = setInterval(() => act(world), everyMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

function act(world: World): void {
  const turn = world.random.below(4);
  if (turn === 0) replacePod(world);
  else if (turn === 1) changeSetting(world);
  else addEvent(world);
}

function anyKey({ store, random }: World, bucket: string, part: string): string | undefined {
  const keys = store
    .bucket(bucket)
    .viewAt(store.revision())
    .keys.filter((key) => key.includes(part));
  return keys.length ? random.pick(keys) : undefined;
}

function replacePod(world: World): void {
  const key = anyKey(world, 'pods', '-');
  const found = key && lookUp(world, 'pods', key);
  if (!found) return;
  const { metadata, ...rest } = found.object;
  const name = `${textAt(found.object, 'metadata', 'name').slice(0, -5)}${world.random.suffix()}`;
  removeObject(found.resource, found.stored, { world });
  ensure(world, 'pods', withMetadata({ metadata: metadata ?? {}, ...rest }, { name }));
}

function changeSetting(world: World): void {
  const key = anyKey(world, 'configmaps', '-config');
  if (!key) return;
  const touched = world.clock().round('second').toString();
  amend(world, { bucket: 'configmaps', key }, (object) => ({
    ...object,
    data: { ...objectAt(object, 'data'), TOUCHED: touched },
  }));
}

function addEvent(world: World): void {
  const key = anyKey(world, 'pods', '/');
  const [namespace, pod] = key?.split('/') ?? [];
  if (!namespace || !pod) return;
  const involvedObject: JsonObject = { kind: 'Pod', namespace, name: pod, apiVersion: 'v1' };
  const metadata = { name: `${pod.slice(0, 200)}.${world.random.suffix(10)}`, namespace };
  ensure(world, 'events', {
    metadata,
    involvedObject,
    reason: 'Pulled',
    message: 'Container image already present',
    type: 'Normal',
  });
}
