import { servedText } from '../api/manifest.models.ts';
import { hasSubresource } from '../api/resource.types.ts';
import type { PageSeen } from '../faults/faults.ts';
import { forbidden, methodNotAllowed, unknownResource } from '../status.errors.ts';
import { textOf } from '../store/stored.types.ts';
import type { World } from '../world.types.ts';
import type { Answer, Call } from './call.types.ts';
import { createObject } from './create.ts';
import { deleteCollection, deleteObject } from './delete.ts';
import { listObjects } from './list.ts';
import { asPartial, wantsPartial } from './partial.models.ts';
import { answerReview, isReview } from './reviews.ts';
import { scaleObject } from './scale.ts';
import { createToken, evictPod } from './subresources.ts';
import { mustFind, patchObject, replaceObject } from './update.ts';

/** HTTP method → the verb that RBAC and discovery know. */
export function verbOf(method: string, { name, query }: Pick<Call, 'name' | 'query'>): string {
  if (method === 'GET' || method === 'HEAD') {
    if (['true', '1'].includes(query.get('watch') ?? '')) return 'watch';
    return name ? 'get' : 'list';
  }
  if (method === 'DELETE') return name ? 'delete' : 'deletecollection';
  return { POST: 'create', PUT: 'update', PATCH: 'patch' }[method] ?? '';
}

/** What the server does not offer, and what a fault forbids. */
export function checkAllowed(call: Call, verb: string, { faults }: World): void {
  const { resource, name, namespace, subresource } = call;
  if (subresource && !hasSubresource(resource, subresource)) throw unknownResource();
  const verbs = subresource
    ? resource.subresources.find((one) => one.name === subresource)?.verbs
    : resource.verbs;
  const misplaced = subresource === '' && needsName.has(verb) !== (name !== '');
  if (!verbs?.includes(verb) || (misplaced && verb !== 'watch')) throw methodNotAllowed();
  if (!faults.isForbidden(verb, resource.plural)) return;
  const scope = namespace ? ` in the namespace "${namespace}"` : ' at the cluster scope';
  throw forbidden(resource, name, {
    message: `User "sandbox-admin" cannot ${verb} resource "${resource.plural}" in API group "${resource.group}"${scope}`,
  });
}

const needsName = new Set(['get', 'update', 'patch', 'delete']);

type Seen = (page: PageSeen) => void;

/** Everything but watches. */
export function dispatch(
  call: Call,
  verb: string,
  { world, seen }: { world: World; seen: Seen },
): Answer {
  if (call.subresource === 'scale') return scaleObject(call, world, verb);
  if (call.subresource === 'eviction') return evictPod(call, world);
  if (call.subresource === 'token') return createToken(call, world);
  if (verb === 'create' && isReview(call)) return answerReview(call, world);
  const act = actions[verb];
  if (!act) throw methodNotAllowed();
  return act(call, world, seen);
}

const actions: Record<string, (call: Call, world: World, seen: Seen) => Answer> = {
  get: getObject,
  list: listObjects,
  create: createObject,
  update: replaceObject,
  patch: patchObject,
  delete: deleteObject,
  deletecollection: deleteCollection,
};

function getObject(call: Call, world: World): Answer {
  const text = servedText(call.resource, textOf(mustFind(call, world)));
  return { status: 200, body: wantsPartial(call) ? asPartial(text) : text };
}
