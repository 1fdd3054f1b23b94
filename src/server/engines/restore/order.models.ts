import type { ResourceName } from '../../kubernetes/client.types.ts';

/** Everything of one step is there before the next begins. */
export const steps = {
  definitions: 0,
  namespaces: 1,
  classes: 2,
  volumes: 3,
  accounts: 4,
  configuration: 5,
  workloads: 6,
  /** From here on: what could change or refuse the objects before it. */
  rules: 7,
  gates: 8,
} as const;

export const lastStep = steps.gates;

const rbac = 'rbac.authorization.k8s.io';
const admission = 'admissionregistration.k8s.io';

const order: readonly [number, readonly ResourceName[]][] = [
  [steps.definitions, ['customresourcedefinitions.apiextensions.k8s.io']],
  [steps.namespaces, ['namespaces']],
  [
    steps.classes,
    [
      'storageclasses.storage.k8s.io',
      'volumeattributesclasses.storage.k8s.io',
      'csidrivers.storage.k8s.io',
      'volumesnapshotclasses.snapshot.storage.k8s.io',
      'priorityclasses.scheduling.k8s.io',
      'runtimeclasses.node.k8s.io',
      'ingressclasses.networking.k8s.io',
    ],
  ],
  [steps.volumes, ['persistentvolumes', 'persistentvolumeclaims']],
  [
    steps.accounts,
    [
      'serviceaccounts',
      ...['clusterroles', 'roles', 'clusterrolebindings', 'rolebindings'].map(
        (plural) => `${plural}.${rbac}`,
      ),
    ],
  ],
  [steps.configuration, ['configmaps', 'secrets']],
  [
    steps.rules,
    [
      'limitranges',
      'resourcequotas',
      ...[
        'validatingadmissionpolicies',
        'validatingadmissionpolicybindings',
        'mutatingadmissionpolicies',
        'mutatingadmissionpolicybindings',
      ].map((plural) => `${plural}.${admission}`),
    ],
  ],
  [
    steps.gates,
    [
      `validatingwebhookconfigurations.${admission}`,
      `mutatingwebhookconfigurations.${admission}`,
      'apiservices.apiregistration.k8s.io',
    ],
  ],
];

const stepByResource = new Map(
  order.flatMap(([step, resources]) => resources.map((resource) => [resource, step] as const)),
);

/** Kinds that no rule names (workloads, services, custom resources…) are the workloads' step. */
export const stepOf = (resource: ResourceName): number =>
  stepByResource.get(resource) ?? steps.workloads;
