import type { Random } from '../random.models.ts';
import type { Team } from './company.ts';
import { type Add, base64, object } from './estate.types.ts';

const rbac = 'rbac.authorization.k8s.io/v1';
const apiGroup = 'rbac.authorization.k8s.io';

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
