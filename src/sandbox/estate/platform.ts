import type { JsonObject } from '../json.models.ts';
import type { Random } from '../random.models.ts';
import type { Team } from './company.ts';
import { type Add, object } from './estate.types.ts';
import { base64 } from './workload.ts';

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

/** What each namespace has besides its workloads. */
export function addNamespaceRules(add: Add, { namespace, apps }: Team, random: Random): void {
  add(object('v1', 'ServiceAccount', { metadata: { name: 'default', namespace } }));
  add(
    object('v1', 'ConfigMap', {
      metadata: { name: 'kube-root-ca.crt', namespace },
      data: { 'ca.crt': '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n' },
    }),
  );
  add(
    object('v1', 'ResourceQuota', {
      metadata: { name: 'team-quota', namespace },
      spec: { hard: { pods: '200', 'requests.cpu': '80' } },
      status: { hard: { pods: '200' }, used: { pods: '24' } },
    }),
  );
  add(
    object('v1', 'LimitRange', {
      metadata: { name: 'defaults', namespace },
      spec: {
        limits: [
          { type: 'Container', default: { memory: '256Mi' }, defaultRequest: { cpu: '50m' } },
        ],
      },
    }),
  );
  addRoles(add, namespace);
  for (const app of apps.slice(0, 3)) addIngress(add, { namespace, app, random });
  addHelmReleases(add, namespace, random);
}

function addRoles(add: Add, namespace: string): void {
  for (const role of ['deployer', 'debugger']) {
    add(
      object(rbac, 'Role', {
        metadata: { name: role, namespace },
        rules: [
          {
            verbs: ['get', 'list', 'update'],
            apiGroups: ['', 'apps'],
            resources: ['pods', 'deployments'],
          },
        ],
      }),
    );
    add(
      object(rbac, 'RoleBinding', {
        metadata: { name: role, namespace },
        subjects: [{ kind: 'ServiceAccount', name: 'default', namespace }],
        roleRef: { apiGroup, kind: 'Role', name: role },
      }),
    );
  }
  add(
    object('networking.k8s.io/v1', 'NetworkPolicy', {
      metadata: { name: 'default-deny', namespace },
      spec: { podSelector: {}, policyTypes: ['Ingress'] },
    }),
  );
}

type IngressOf = { namespace: string; app: string; random: Random };

function addIngress(add: Add, { namespace, app, random }: IngressOf): void {
  const backend = { service: { name: app, port: { name: 'http' } } };
  const host = `${app}.${namespace}.example.com`;
  add(
    object('networking.k8s.io/v1', 'Ingress', {
      metadata: {
        name: app,
        namespace,
        annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' },
      },
      spec: {
        ingressClassName: 'nginx',
        tls: [{ hosts: [host], secretName: `${app}-tls` }],
        rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }],
      },
      status: { loadBalancer: {} },
    }),
  );
  add(
    object('v1', 'Secret', {
      metadata: {
        name: `${app}-tls`,
        namespace,
        annotations: { 'cert-manager.io/certificate-name': app },
      },
      data: { 'tls.crt': base64(random.suffix(900)), 'tls.key': base64(random.suffix(1200)) },
      type: 'kubernetes.io/tls',
    }),
  );
}

/** Helm keeps every revision of a release as a Secret. */
function addHelmReleases(add: Add, namespace: string, random: Random): void {
  for (let revision = 1; revision <= 4; revision += 1) {
    const status = revision === 4 ? 'deployed' : 'superseded';
    add(
      object('v1', 'Secret', {
        metadata: {
          name: `sh.helm.release.v1.${namespace}-base.v${revision}`,
          namespace,
          labels: { name: `${namespace}-base`, owner: 'helm', status, version: String(revision) },
        },
        data: { release: base64(random.suffix(3000)) },
        type: 'helm.sh/release.v1',
      }),
      60 - revision,
    );
  }
}

/** What a careless or hostile user may leave behind; every screen has to survive it. */
export function addOddities(add: Add): void {
  const namespace = 'shop-staging';
  add(
    object('v1', 'ConfigMap', {
      metadata: {
        name: 'banner',
        namespace,
        annotations: {
          description: '<img src=x onerror="alert(1)"><script>alert("x")</script> & more',
          'note/rtl': 'abc \u202e gpj.exe',
          formula: '=HYPERLINK("http://example.com","open")',
        },
      },
      data: { html: '<b>Sale</b>', '..2f..2fetc2fpasswd': 'x' },
    }),
  );
  for (const name of [
    'system:weird name',
    'a\nb',
    "'; drop table backups;--",
    'ünï©ode ✓',
    '-rf',
    'x'.repeat(253),
  ]) {
    add(object(rbac, 'Role', { metadata: { name, namespace }, rules: [] }));
  }
  add(
    object('v1', 'ConfigMap', {
      metadata: { name: `${'long-name.'.repeat(24)}end`, namespace },
      data: {},
    }),
  );
  add(
    object('v1', 'ConfigMap', {
      metadata: { name: 'product-catalogue', namespace },
      data: { 'catalogue.json': JSON.stringify('article '.repeat(127_000)) },
    }),
  );
  add(
    object('v1', 'Secret', {
      metadata: { name: 'binary', namespace },
      data: { blob: 'AAECAwQF//79', empty: '' },
      type: 'Opaque',
    }),
  );
}
