import { apiVersionOf } from '../api/resource.types.ts';
import { type JsonObject, objectAt, printJson, textAt } from '../json.models.ts';
import type { World } from '../world.types.ts';
import { expectedOf, readObject } from './read-body.ts';
import type { Answer, Call } from './call.types.ts';

const groups = new Set(['authorization.k8s.io', 'authentication.k8s.io']);

/** Kinds that answer a question and are never kept. */
export const isReview = ({ resource }: Call): boolean => groups.has(resource.group);

export function answerReview(call: Call, world: World): Answer {
  const object = readObject(call, expectedOf(call.resource));
  const { kind } = call.resource;
  const review = {
    kind,
    apiVersion: apiVersionOf(call.resource),
    metadata: {},
    ...(object['spec'] !== undefined && { spec: object['spec'] }),
    status: statusFor(kind, object, world),
  };
  return { status: 201, body: printJson(review) };
}

function statusFor(kind: string, object: JsonObject, { faults }: World): JsonObject {
  if (kind === 'SelfSubjectReview') {
    return {
      userInfo: { username: 'sandbox-admin', groups: ['system:masters', 'system:authenticated'] },
    };
  }
  if (kind === 'TokenReview') {
    const authenticated = textAt(object, 'spec', 'token') === faults.token();
    return authenticated ? { authenticated, user: { username: 'sandbox-admin' } } : {};
  }
  if (kind === 'SelfSubjectRulesReview') {
    const all = { verbs: ['*'], apiGroups: ['*'], resources: ['*'] };
    return { resourceRules: [all], nonResourceRules: [], incomplete: false };
  }
  return accessStatus(kind, object, faults);
}

/** The sandbox knows one person, who may do everything that no fault forbids; others may nothing. */
function accessStatus(kind: string, object: JsonObject, faults: World['faults']): JsonObject {
  const asked = objectAt(object, 'spec', 'resourceAttributes');
  const isForbidden = faults.isForbidden(textAt(asked, 'verb'), textAt(asked, 'resource'));
  const isOther = kind !== 'SelfSubjectAccessReview' && !isAdmin(object);
  if (isForbidden || isOther) return { allowed: false };
  return { allowed: true };
}

function isAdmin(object: JsonObject): boolean {
  const given = objectAt(object, 'spec')['groups'];
  const named = textAt(object, 'spec', 'user') === 'sandbox-admin';
  return named || (Array.isArray(given) && given.includes('system:masters'));
}
