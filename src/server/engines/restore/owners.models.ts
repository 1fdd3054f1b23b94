import { isObject, type JsonObject } from '#shared/json/lossless.ts';
import type { ResourceName } from '../../kubernetes/client.types.ts';
import { type Body, fieldAt, listAt, type OwnerRef, textAt } from './body.models.ts';

export const ownersOf = (body: Body): JsonObject[] =>
  listAt(body, ['metadata', 'ownerReferences']).filter(isObject);

export const readOwner = (owner: JsonObject): OwnerRef => ({
  apiVersion: textAt(owner, ['apiVersion']),
  kind: textAt(owner, ['kind']),
  name: textAt(owner, ['name']),
  uid: textAt(owner, ['uid']),
});

/** The owner that manages the object, if one does. */
export function controllerOf(body: Body): OwnerRef | null {
  const owner = ownersOf(body).find((candidate) => fieldAt(candidate, ['controller']) === true);
  return owner ? readOwner(owner) : null;
}

export const groupOf = (apiVersion: string): string =>
  apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';

const workloads: ReadonlySet<ResourceName> = new Set([
  'pods',
  'replicasets.apps',
  'deployments.apps',
  'statefulsets.apps',
  'daemonsets.apps',
  'controllerrevisions.apps',
  'jobs.batch',
  'cronjobs.batch',
  'replicationcontrollers',
  'endpoints',
  'endpointslices.discovery.k8s.io',
]);

/**
 * Whether the owner's controller makes the object again by itself, so that a restored one would race
 * it. Built-in controllers do, for all they own; what other controllers own is made again when it is
 * a workload. Data that a custom resource owns (a Secret, a ConfigMap, a claim) is restored: nobody
 * can know that its controller would fill it with the same content.
 */
export const isMadeAgain = (resource: ResourceName, owner: OwnerRef): boolean =>
  workloads.has(resource) || isBuiltIn(groupOf(owner.apiVersion));

/** The group of a custom resource is a domain: it has a dot. */
const isBuiltIn = (group: string): boolean => !group.includes('.') || group === 'discovery.k8s.io';

/** One identity for references of different versions of a group. */
export const ownerKey = ({ apiVersion, kind, name }: OwnerRef): string =>
  JSON.stringify([groupOf(apiVersion), kind, name]);
