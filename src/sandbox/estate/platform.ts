import type { JsonObject } from '../json.models.ts';
import type { Team } from './company.ts';
import { type Add, object } from './estate.types.ts';

/** Cluster-scoped things: nodes, classes, webhooks, roles. */
export function addPlatform(add: Add, teams: readonly Team[]): void {
  for (let index = 1; index <= 6; index += 1) addNode(add, `node-${index}`);
  for (const [name, isDefault] of [
    ['fast-ssd', 'true'],
    ['archive-hdd', 'false'],
  ] as const) {
    add(
      object('storage.k8s.io/v1', 'StorageClass', {
        metadata: {
          name,
          annotations: { 'storageclass.kubernetes.io/is-default-class': isDefault },
        },
        provisioner: 'ebs.csi.example.com',
        reclaimPolicy: 'Delete',
        allowVolumeExpansion: true,
        volumeBindingMode: 'WaitForFirstConsumer',
      }),
    );
  }
  for (const [name, value] of [
    ['business-critical', 1_000_000],
    ['batch', -100],
  ] as const) {
    add(
      object('scheduling.k8s.io/v1', 'PriorityClass', {
        metadata: { name },
        value,
        globalDefault: false,
        preemptionPolicy: 'PreemptLowerPriority',
      }),
    );
  }
  add(
    object('networking.k8s.io/v1', 'IngressClass', {
      metadata: { name: 'nginx' },
      spec: { controller: 'k8s.io/ingress-nginx' },
    }),
  );
  addWebhooks(add);
  addClusterRoles(add, teams);
}

function addNode(add: Add, name: string): void {
  const capacity = { cpu: '8', memory: '32Gi', pods: '110' };
  add(
    object('v1', 'Node', {
      metadata: {
        name,
        labels: { 'kubernetes.io/hostname': name, 'topology.kubernetes.io/zone': 'eu-west-1a' },
      },
      spec: { podCIDR: '10.244.0.0/24' },
      status: {
        capacity,
        allocatable: capacity,
        conditions: [{ type: 'Ready', status: 'True' }],
        nodeInfo: { kubeletVersion: 'v1.34.4', architecture: 'amd64' },
      },
    }),
  );
}

function addWebhooks(add: Add): void {
  const webhook = (path: string): JsonObject => ({
    name: 'webhook.cert-manager.io',
    clientConfig: {
      service: { namespace: 'cert-manager', name: 'cert-manager-webhook', path, port: 443 },
    },
    rules: [
      {
        apiGroups: ['cert-manager.io'],
        apiVersions: ['v1'],
        operations: ['CREATE', 'UPDATE'],
        resources: ['*/*'],
        scope: '*',
      },
    ],
    failurePolicy: 'Fail',
    sideEffects: 'None',
    timeoutSeconds: 30,
    admissionReviewVersions: ['v1'],
  });
  const metadata = { name: 'cert-manager-webhook', labels: { app: 'webhook' } };
  const group = 'admissionregistration.k8s.io/v1';
  add(
    object(group, 'ValidatingWebhookConfiguration', { metadata, webhooks: [webhook('/validate')] }),
  );
  add(object(group, 'MutatingWebhookConfiguration', { metadata, webhooks: [webhook('/mutate')] }));
}

const rbac = 'rbac.authorization.k8s.io/v1';
const apiGroup = 'rbac.authorization.k8s.io';

function addClusterRoles(add: Add, teams: readonly Team[]): void {
  for (const name of ['cluster-admin', 'admin', 'edit', 'view']) {
    const verbs = name === 'view' ? ['get', 'list', 'watch'] : ['*'];
    add(
      object(rbac, 'ClusterRole', {
        metadata: { name, labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' } },
        rules: [{ verbs, apiGroups: ['*'], resources: ['*'] }],
      }),
    );
  }
  for (const { namespace } of teams) {
    const subjects = [{ kind: 'Group', apiGroup, name: `team-${namespace}` }];
    add(
      object(rbac, 'ClusterRoleBinding', {
        metadata: { name: `${namespace}-viewers` },
        subjects,
        roleRef: { apiGroup, kind: 'ClusterRole', name: 'view' },
      }),
    );
  }
}
