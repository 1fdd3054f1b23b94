import type { Resource } from '../api/resource.types.ts';
import { type JsonObject, sameJson } from '../json.models.ts';

/** Built-in kinds that count changes of their spec. */
const counting = new Set([
  'pods',
  'replicationcontrollers',
  'deployments.apps',
  'replicasets.apps',
  'statefulsets.apps',
  'daemonsets.apps',
  'jobs.batch',
  'cronjobs.batch',
  'ingresses.networking.k8s.io',
  'ingressclasses.networking.k8s.io',
  'networkpolicies.networking.k8s.io',
  'poddisruptionbudgets.policy',
  'customresourcedefinitions.apiextensions.k8s.io',
  'mutatingwebhookconfigurations.admissionregistration.k8s.io',
  'validatingwebhookconfigurations.admissionregistration.k8s.io',
  'validatingadmissionpolicies.admissionregistration.k8s.io',
  'validatingadmissionpolicybindings.admissionregistration.k8s.io',
  'priorityclasses.scheduling.k8s.io',
  'flowschemas.flowcontrol.apiserver.k8s.io',
  'prioritylevelconfigurations.flowcontrol.apiserver.k8s.io',
]);

export const countsGenerations = ({ bucket, custom }: Pick<Resource, 'bucket' | 'custom'>) =>
  custom || counting.has(bucket);

/** One more when anything but metadata and status changed. */
export function nextGeneration(before: JsonObject, next: JsonObject, generation: number): number {
  return sameJson(essence(before), essence(next)) ? generation : generation + 1;
}

function essence(object: JsonObject): JsonObject {
  const {
    metadata: _metadata,
    status: _status,
    kind: _kind,
    apiVersion: _version,
    ...rest
  } = object;
  return rest;
}
