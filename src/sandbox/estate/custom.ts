import { type JsonObject, parseJson } from '../json.models.ts';
import type { Random } from '../random.models.ts';
import { completeDefinition, establishedStatus } from '../kinds/definitions.ts';
import type { Team } from './company.ts';
import { type Add, base64, object } from './estate.types.ts';
import { owner } from './workload.ts';

type Definition = {
  group: string;
  kind: string;
  plural: string;
  scope?: string;
  versions?: string[];
};

const definitions: readonly Definition[] = [
  { group: 'cert-manager.io', kind: 'Certificate', plural: 'certificates' },
  { group: 'cert-manager.io', kind: 'CertificateRequest', plural: 'certificaterequests' },
  { group: 'cert-manager.io', kind: 'ClusterIssuer', plural: 'clusterissuers', scope: 'Cluster' },
  { group: 'argoproj.io', kind: 'Application', plural: 'applications', versions: ['v1alpha1'] },
  { group: 'argoproj.io', kind: 'AppProject', plural: 'appprojects', versions: ['v1alpha1'] },
  { group: 'monitoring.coreos.com', kind: 'ServiceMonitor', plural: 'servicemonitors' },
  { group: 'monitoring.coreos.com', kind: 'PrometheusRule', plural: 'prometheusrules' },
  { group: 'ledger.example.com', kind: 'Account', plural: 'accounts', versions: ['v1', 'v1beta1'] },
];

/** CRDs of well-known products, one with two versions, and their objects. */
export function addCustom(add: Add, teams: readonly Team[], random: Random): void {
  for (const definition of definitions) addDefinition(add, definition);
  add(
    object('cert-manager.io/v1', 'ClusterIssuer', {
      metadata: { name: 'letsencrypt' },
      spec: { acme: { email: 'ops@example.com', server: 'https://acme.example.com/directory' } },
    }),
  );
  for (const team of teams) addProject(add, team);
  for (const team of teams) for (const app of team.apps) addAround(add, team, { app, random });
  for (let index = 0; index < 40; index += 1) addAccount(add, index);
}

function addDefinition(
  add: Add,
  { group, kind, plural, scope = 'Namespaced', versions = ['v1'] }: Definition,
): void {
  const schema = {
    openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  };
  const definition = completeDefinition(
    object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {
      metadata: { name: `${plural}.${group}` },
      spec: {
        group,
        names: { plural, kind },
        scope,
        versions: versions.map((name, index) => ({
          name,
          served: true,
          storage: index === 0,
          schema,
        })),
      },
    }),
  );
  add({ ...definition, status: establishedStatus(definition, '2026-01-05T08:00:00Z') });
}

function addProject(add: Add, { namespace, gitops }: Team): void {
  if (!gitops) return;
  add(
    object('argoproj.io/v1alpha1', 'AppProject', {
      metadata: { name: namespace, namespace: 'argocd' },
      spec: { destinations: [{ namespace, server: '*' }], sourceRepos: ['*'] },
    }),
  );
}

type About = { app: string; random: Random };

function addAround(add: Add, { namespace, gitops }: Team, { app, random }: About): void {
  const labels = { app };
  if (random.below(2)) addCertificate(add, namespace, app);
  add(
    object('monitoring.coreos.com/v1', 'ServiceMonitor', {
      metadata: { name: app, namespace, labels },
      spec: { selector: { matchLabels: { app } }, endpoints: [{ port: 'http', interval: '30s' }] },
    }),
  );
  const rules = [{ alert: 'TooManyErrors', expr: `rate(errors{app="${app}"}[5m]) > 1` }];
  add(
    object('monitoring.coreos.com/v1', 'PrometheusRule', {
      metadata: { name: app, namespace, labels },
      spec: { groups: [{ name: app, rules }] },
    }),
  );
  if (!gitops) return;
  const source: JsonObject = {
    repoURL: 'https://git.example.com/platform/deployments.git',
    path: `${namespace}/${app}`,
    targetRevision: 'main',
  };
  add(
    object('argoproj.io/v1alpha1', 'Application', {
      metadata: {
        name: `${namespace}-${app}`,
        namespace: 'argocd',
        finalizers: ['resources-finalizer.argocd.argoproj.io'],
      },
      spec: {
        project: namespace,
        source,
        destination: { server: 'https://kubernetes.default.svc', namespace },
      },
      status: { sync: { status: 'Synced' }, health: { status: 'Healthy' } },
    }),
  );
}

/** With the requests of its last two renewals. */
function addCertificate(add: Add, namespace: string, app: string): void {
  const issuerRef = { kind: 'ClusterIssuer', name: 'letsencrypt' };
  const status = { conditions: [{ type: 'Ready', status: 'True' }] };
  const spec = {
    dnsNames: [`${app}.${namespace}.example.com`],
    secretName: `${app}-tls`,
    issuerRef,
  };
  const metadata = { name: app, namespace, labels: { app } };
  const certificate = add(object('cert-manager.io/v1', 'Certificate', { metadata, spec, status }));
  for (let renewal = 1; renewal <= 2; renewal += 1) {
    const name = `${app}-${renewal}`;
    add(
      object('cert-manager.io/v1', 'CertificateRequest', {
        metadata: { name, namespace, labels: { app }, ...owner(certificate) },
        spec: { issuerRef, request: base64(`request ${name}`), usages: ['digital signature'] },
        status,
      }),
    );
  }
}

/** Balances in cents, beyond what a double can hold. */
function addAccount(add: Add, index: number): void {
  const balance = parseJson(`{"cents":${9_007_199_254_740_993n + BigInt(index) * 2n}}`);
  add(
    object('ledger.example.com/v1', 'Account', {
      metadata: { name: `account-${1000 + index}`, namespace: 'payments' },
      spec: { balance, owner: `customer-${index}`, extra: { unknown: [1, 2.5, null] } },
    }),
  );
}
