import type { JsonObject } from '../json.models.ts';
import { base64, type Manifest, object } from './estate.types.ts';
import { labelsOf, type Plot, tracking } from './plot.ts';

/** What belongs to an app besides its pods: account, service, configuration, limits. */
export function addAround(plot: Plot, app: string): void {
  const { add, random, team } = plot;
  const { namespace } = team;
  const labels = labelsOf(plot, app);
  const metadata = (name: string, what: string) => ({
    name,
    namespace,
    labels,
    annotations: tracking(plot, app, what),
  });
  add(object('v1', 'ServiceAccount', { metadata: metadata(app, '/ServiceAccount') }));
  addService(plot, app);
  addPolicy(plot, app);
  add(
    object('v1', 'ConfigMap', {
      metadata: metadata(`${app}-dashboards`, '/ConfigMap'),
      data: { 'dashboard.json': `{"title":"${app}","panels":[]}` },
    }),
  );
  add(
    object('v1', 'ConfigMap', {
      metadata: metadata(`${app}-config`, '/ConfigMap'),
      data: {
        LOG_LEVEL: 'info',
        PORT: '8080',
        'features.yaml': `newCheckout: ${random.below(2) === 1}\nregion: eu-west-1\n`,
      },
    }),
  );
  add(
    object('v1', 'Secret', {
      metadata: metadata(`${app}-credentials`, '/Secret'),
      data: { PASSWORD: base64(random.suffix(24)), API_KEY: base64(random.uuid()) },
      type: 'Opaque',
    }),
  );
  if (random.below(3) > 0)
    add(autoscaler(metadata(app, 'autoscaling/HorizontalPodAutoscaler'), app));
  if (random.below(2) > 0) add(disruptionBudget(metadata(app, 'policy/PodDisruptionBudget'), app));
}

function addService(plot: Plot, app: string): void {
  const { add, random, team } = plot;
  const clusterIP = `10.96.${10 + random.below(240)}.${1 + random.below(254)}`;
  const service = object('v1', 'Service', {
    metadata: { name: app, namespace: team.namespace, labels: labelsOf(plot, app) },
    spec: {
      ports: [{ name: 'http', protocol: 'TCP', port: 80, targetPort: 'http' }],
      selector: { app },
      clusterIP,
      clusterIPs: [clusterIP],
      type: 'ClusterIP',
      sessionAffinity: 'None',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      internalTrafficPolicy: 'Cluster',
    },
    status: { loadBalancer: {} },
  });
  add(service);
  const ip = `10.244.1.${2 + random.below(250)}`;
  const metadata = { name: app, namespace: team.namespace, labels: { app } };
  add(
    object('v1', 'Endpoints', {
      metadata,
      subsets: [{ addresses: [{ ip }], ports: [{ name: 'http', port: 8080, protocol: 'TCP' }] }],
    }),
  );
  add(
    object('discovery.k8s.io/v1', 'EndpointSlice', {
      metadata: { ...metadata, name: `${app}-${random.suffix()}` },
      addressType: 'IPv4',
      endpoints: [{ addresses: [ip], conditions: { ready: true, serving: true } }],
      ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
    }),
  );
}

const autoscaler = (metadata: JsonObject, app: string): Manifest =>
  object('autoscaling/v2', 'HorizontalPodAutoscaler', {
    metadata,
    spec: {
      scaleTargetRef: { kind: 'Deployment', name: app, apiVersion: 'apps/v1' },
      minReplicas: 1,
      maxReplicas: 8,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
        },
      ],
    },
    status: { currentReplicas: 1, desiredReplicas: 1, currentMetrics: null, conditions: null },
  });

const disruptionBudget = (metadata: JsonObject, app: string): Manifest =>
  object('policy/v1', 'PodDisruptionBudget', {
    metadata,
    spec: { minAvailable: 1, selector: { matchLabels: { app } } },
    status: { disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 1, expectedPods: 1 },
  });

/** The ingress controller gets in; everybody else is kept out by the namespace's policy. */
function addPolicy({ add, team: { namespace } }: Plot, app: string): void {
  const from = [
    { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } } },
  ];
  add(
    object('networking.k8s.io/v1', 'NetworkPolicy', {
      metadata: { name: `allow-${app}`, namespace, labels: { app } },
      spec: {
        podSelector: { matchLabels: { app } },
        ingress: [{ from, ports: [{ port: 'http', protocol: 'TCP' }] }],
        policyTypes: ['Ingress'],
      },
    }),
  );
}
