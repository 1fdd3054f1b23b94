import type { ResourceName } from '../../kubernetes/client.types.ts';
import { annotationsOf, type Body, fieldAt, objectAt } from './body.models.ts';

/** Objects that the cluster puts into every namespace: they exist as soon as their namespace does. */
export const isPutEverywhere = (resource: ResourceName, name: string): boolean =>
  (resource === 'serviceaccounts' && name === 'default') ||
  (resource === 'configmaps' && name === 'kube-root-ca.crt');

const parts = ['apiVersion', 'kind', 'metadata'];
const identity = ['name', 'namespace', 'annotations'];
const ownAnnotations = ['kubernetes.io/description'];

/**
 * Whether it is as the cluster puts it there, so that nothing of people is in it: no label, no pull
 * secret, no foreign annotation. `stripped`: without what the cluster assigns, certificates included.
 */
export function isAsPut(resource: ResourceName, stripped: Body): boolean {
  const name = fieldAt(stripped, ['metadata', 'name']);
  return (
    typeof name === 'string' &&
    isPutEverywhere(resource, name) &&
    Object.keys(stripped).every((key) => parts.includes(key)) &&
    Object.keys(objectAt(stripped, ['metadata'])).every((key) => identity.includes(key)) &&
    Object.keys(annotationsOf(stripped)).every((key) => ownAnnotations.includes(key))
  );
}

export const leftToCluster = 'The cluster puts it into every new namespace itself.';
export const willWriteOver =
  'The cluster puts one into every new namespace; what the backup has in it is written over that.';
export const wroteOver =
  'The cluster had put one into the new namespace; what the backup has in it was written over that.';
