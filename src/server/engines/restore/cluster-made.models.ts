import type { ResourceName } from '../../kubernetes/client.types.ts';
import {
  annotationsOf,
  type Body,
  isLeaving,
  labelsOf,
  listAt,
  nameOf,
  textAt,
} from './body.models.ts';
import { fieldAt } from './body.models.ts';
import { isMirrorPod, isGeneratedToken, isServiceAccountToken } from './strip.models.ts';

type Rule = (body: Body) => string | null;

const always =
  (reason: string): Rule =>
  () =>
    reason;
const named =
  (names: readonly string[], reason: string): Rule =>
  (body) =>
    names.includes(`${textAt(body, ['metadata', 'namespace'])}/${nameOf(body)}`) ? reason : null;

const itself = 'The cluster makes it itself.';
const ofRunningCluster = 'It describes the running cluster, which writes it itself.';

const token: Rule = (secret) => {
  if (!isServiceAccountToken(secret)) return null;
  const account = annotationsOf(secret)['kubernetes.io/service-account.name'] ?? '';
  return isGeneratedToken(account, nameOf(secret)) ? itself : null;
};

/** Finished means: its containers have ended, and a pod of this name would run them again. */
const pod: Rule = (body) => {
  if (isMirrorPod(body)) return 'It mirrors a file on its node, which makes it again.';
  return ['Succeeded', 'Failed'].includes(textAt(body, ['status', 'phase']))
    ? 'It had finished; restored it would run again.'
    : null;
};

const hasTrigger: Rule = (body) =>
  annotationsOf(body)['endpoints.kubernetes.io/last-change-trigger-time'] === undefined
    ? null
    : 'The cluster makes it again from its Service.';

const autoUpdated: Rule = (body) =>
  annotationsOf(body)['apf.kubernetes.io/autoupdate-spec'] === 'true' ? itself : null;

const rules: Readonly<Record<ResourceName, Rule>> = {
  pods: pod,
  secrets: token,
  services: named(['default/kubernetes'], itself),
  endpoints: (body) => named(['default/kubernetes'], itself)(body) ?? hasTrigger(body),
  'endpointslices.discovery.k8s.io': (body) =>
    named(['default/kubernetes'], itself)(body) ??
    (labelsOf(body)['endpointslice.kubernetes.io/managed-by'] === 'endpointslice-controller.k8s.io'
      ? 'The cluster makes it again from its Service.'
      : null),
  configmaps: named(
    [
      'kube-system/extension-apiserver-authentication',
      'kube-system/kube-apiserver-legacy-service-account-token-tracking',
    ],
    itself,
  ),
  'apiservices.apiregistration.k8s.io': (body) =>
    'kube-aggregator.kubernetes.io/automanaged' in labelsOf(body) ? itself : null,
  'priorityclasses.scheduling.k8s.io': (body) =>
    nameOf(body).startsWith('system-') ? itself : null,
  'flowschemas.flowcontrol.apiserver.k8s.io': autoUpdated,
  'prioritylevelconfigurations.flowcontrol.apiserver.k8s.io': autoUpdated,
  'servicecidrs.networking.k8s.io': named(['/kubernetes'], itself),
  'ipaddresses.networking.k8s.io': always('The cluster makes it again from its Service.'),
  nodes: always('Nodes register themselves.'),
  'csinodes.storage.k8s.io': always('Nodes register themselves.'),
  'volumeattachments.storage.k8s.io': always(ofRunningCluster),
  'leases.coordination.k8s.io': always(ofRunningCluster),
  'certificatesigningrequests.certificates.k8s.io': always(
    'It is a request of its moment; whoever needs it asks anew.',
  ),
  events: always(ofRunningCluster),
  'events.events.k8s.io': always(ofRunningCluster),
};

/** Provisioned for its claim and deleted with it: the object would point to data that is gone. */
const reclaimed: Rule = (volume) =>
  textAt(volume, ['spec', 'persistentVolumeReclaimPolicy']) === 'Delete' &&
  'pv.kubernetes.io/provisioned-by' in annotationsOf(volume)
    ? 'Its data went when its claim was deleted (reclaim policy Delete); the claim gets a new, empty volume.'
    : null;

/**
 * Why this object of a backup is never written; null for the others. `isLive`: it exists in the target.
 */
export function whyNotRestored(
  resource: ResourceName,
  body: Body,
  { isLive }: { isLive: boolean },
): string | null {
  if (isLeaving(body)) return 'It was being deleted when the backup was made.';
  if (resource === 'persistentvolumes' && !isLive) return reclaimed(body);
  return rules[resource]?.(body) ?? null;
}

const conditionIsTrue = (body: Body, type: string): boolean =>
  listAt(body, ['status', 'conditions']).some(
    (condition) =>
      fieldAt(condition, ['type']) === type && fieldAt(condition, ['status']) === 'True',
  );

export const isFinishedJob = (resource: ResourceName, body: Body): boolean =>
  resource === 'jobs.batch' &&
  (conditionIsTrue(body, 'Complete') || conditionIsTrue(body, 'Failed'));
