import { isObject, type Json, type JsonObject } from '#shared/json/lossless.ts';
import type { ResourceName } from '../../kubernetes/client.types.ts';
import {
  type Body,
  type FieldPath,
  fieldAt,
  listAt,
  nameOf,
  resourceVersionOf,
  textAt,
  uidOf,
  withField,
} from './body.models.ts';
import { ownerKey, ownersOf, readOwner } from './owners.models.ts';
import { assignedPaths, isGeneratedToken } from './strip.models.ts';
import { isReleased } from './volumes.models.ts';

/** Fields that cannot be changed and that the cluster chose, or that bind an object to another one. */
const immutable: Readonly<Record<ResourceName, readonly FieldPath[]>> = {
  services: [
    ['spec', 'clusterIP'],
    ['spec', 'clusterIPs'],
    ['spec', 'healthCheckNodePort'],
  ],
  persistentvolumeclaims: [['spec', 'volumeName']],
};

export type Merged = {
  body: Body;
  /** Owner references of the backup that the live object lacks: set in the second pass. */
  missingOwners: JsonObject[];
};

/**
 * What a PUT writes: the object of the backup with what belongs to the live one kept: identity,
 * version, status, finalizers, what the cluster assigned, and immutable fields.
 * `wanted`: stripped, mapped, modified.
 */
export function mergeForUpdate(given: {
  resource: ResourceName;
  keepStatus: boolean;
  wanted: Body;
  live: Body;
}): Merged {
  const { resource, wanted, live } = given;
  const kept: FieldPath[] = [
    ['metadata', 'finalizers'],
    ...(resource === 'persistentvolumes' && isReleased(live) ? [] : assignedPaths(resource, live)),
    ...(immutable[resource] ?? []),
    ...(given.keepStatus ? [] : [['status']]),
  ];
  const merged = kept.reduce((body, path) => keep(body, live, path), wanted);
  const identified = withField(merged, ['metadata', 'uid'], uidOf(live));
  const versioned = withField(identified, ['metadata', 'resourceVersion'], resourceVersionOf(live));
  return mergeOwners(withTokens(resource, versioned, live), live);
}

function keep(body: Body, live: Body, path: FieldPath): Body {
  const value = fieldAt(live, path);
  return value === undefined && fieldAt(body, path) === undefined
    ? body
    : withField(body, path, value);
}

/** Clusters before 1.24 name the token they made for an account in it. */
function withTokens(resource: ResourceName, body: Body, live: Body): Body {
  if (resource !== 'serviceaccounts') return body;
  const tokens = listAt(live, ['secrets']).filter(
    (secret): secret is JsonObject =>
      isObject(secret) && isGeneratedToken(nameOf(live), textAt(secret, ['name'])),
  );
  if (tokens.length === 0) return body;
  return withField(body, ['secrets'], [...listAt(body, ['secrets']), ...tokens]);
}

function mergeOwners(body: Body, live: Body): Merged {
  const held = new Map(ownersOf(live).map((owner) => [ownerKey(readOwner(owner)), owner]));
  const wanted = ownersOf(body);
  const known = wanted.flatMap((owner) => {
    const same = held.get(ownerKey(readOwner(owner)));
    return same ? [{ ...owner, uid: same['uid'] ?? '' }] : [];
  });
  const missingOwners = wanted.filter((owner) => !held.has(ownerKey(readOwner(owner))));
  return { body: withOwners(body, known), missingOwners };
}

export const withOwners = (body: Body, owners: readonly JsonObject[]): Body => {
  const value: Json | undefined = owners.length > 0 ? [...owners] : undefined;
  return value === undefined && fieldAt(body, ['metadata', 'ownerReferences']) === undefined
    ? body
    : withField(body, ['metadata', 'ownerReferences'], value);
};
