import { type JsonObject, textAt } from '../json.models.ts';
import type { Random } from '../random.models.ts';
import type { Team } from './company.ts';
import { type Add, type Manifest, object } from './estate.types.ts';

export type Plot = { add: Add; random: Random; team: Team };

/** Labels of an app; under GitOps with its tracking label. */
export const labelsOf = ({ team }: Plot, app: string): JsonObject => ({
  app,
  'app.kubernetes.io/name': app,
  ...(team.gitops && { 'app.kubernetes.io/instance': `${team.namespace}-${app}` }),
  ...(team.gitops && { 'app.kubernetes.io/managed-by': 'argocd' }),
});

export const tracking = ({ team }: Plot, app: string, what: string): JsonObject =>
  team.gitops
    ? {
        'argocd.argoproj.io/tracking-id': `${team.namespace}-${app}:${what}:${team.namespace}/${app}`,
      }
    : {};

export function owner(of: Manifest): JsonObject {
  const { name = '', uid = '' } = of['metadata'] as JsonObject;
  const [apiVersion = '', kind = ''] = [of['apiVersion'], of['kind']];
  return {
    ownerReferences: [{ apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true }],
  };
}

/** A Deployment with what belongs to it: replica sets, pods, service, account, configuration. */
export function addApp(plot: Plot, app: string): void {
  const { add, random, team } = plot;
  const { namespace } = team;
  const replicas = 1 + random.below(3);
  const age = 20 + random.below(300);
  const labels = labelsOf(plot, app);
  const template = podTemplate(plot, app);
  const deployment = add(
    object('apps/v1', 'Deployment', {
      metadata: {
        name: app,
        namespace,
        labels,
        annotations: {
          'deployment.kubernetes.io/revision': '2',
          ...tracking(plot, app, 'apps/Deployment'),
        },
      },
      spec: {
        replicas,
        selector: { matchLabels: { app } },
        template,
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' },
        },
        revisionHistoryLimit: 10,
        progressDeadlineSeconds: 600,
      },
      status: {
        observedGeneration: 1,
        replicas,
        updatedReplicas: replicas,
        readyReplicas: replicas,
        availableReplicas: replicas,
      },
    }),
    age,
  );
  addReplicaSets(plot, { app, deployment, replicas, template });
  addAround(plot, app);
}

export function podTemplate({ random, team }: Plot, app: string): JsonObject {
  const resources = {
    limits: { memory: `${128 << random.below(4)}Mi` },
    requests: { cpu: `${50 * (1 + random.below(8))}m`, memory: '128Mi' },
  };
  const container = {
    name: app,
    image: `registry.example.com/${team.namespace}/${app}:1.${random.below(40)}.${random.below(9)}`,
    ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
    envFrom: [
      { configMapRef: { name: `${app}-config` } },
      { secretRef: { name: `${app}-credentials` } },
    ],
    resources,
    livenessProbe: {
      httpGet: { path: '/healthz', port: 'http', scheme: 'HTTP' },
      periodSeconds: 10,
    },
    imagePullPolicy: 'IfNotPresent',
  };
  return {
    metadata: { labels: { app } },
    spec: {
      containers: [container],
      restartPolicy: 'Always',
      serviceAccountName: app,
      dnsPolicy: 'ClusterFirst',
    },
  };
}

type Rollout = { app: string; deployment: Manifest; replicas: number; template: JsonObject };

function addReplicaSets(plot: Plot, { app, deployment, replicas, template }: Rollout): void {
  const { add, random, team } = plot;
  const replicaSet = (hash: string, wanted: number) =>
    add(
      object('apps/v1', 'ReplicaSet', {
        metadata: {
          name: `${app}-${hash}`,
          namespace: team.namespace,
          labels: { app, 'pod-template-hash': hash },
          ...owner(deployment),
        },
        spec: {
          replicas: wanted,
          selector: { matchLabels: { app, 'pod-template-hash': hash } },
          template,
        },
        status: {
          replicas: wanted,
          fullyLabeledReplicas: wanted,
          readyReplicas: wanted,
          availableReplicas: wanted,
          observedGeneration: 1,
        },
      }),
      15,
    );
  for (let old = 0; old < 3; old += 1) replicaSet(random.suffix(10), 0);
  const current = replicaSet(random.suffix(10), replicas);
  for (let index = 0; index < replicas; index += 1) {
    const name = textAt(current, 'metadata', 'name');
    addPod(plot, { name: `${name}-${random.suffix()}`, controller: current, template });
  }
}

type PodOf = { name: string; controller: Manifest; template: JsonObject; phase?: string };

export function addPod(
  { add, random, team }: Plot,
  { name, controller, template, phase = 'Running' }: PodOf,
): void {
  const { labels = {} } = template['metadata'] as JsonObject;
  const ready = phase === 'Running' ? 'True' : 'False';
  add(
    object('v1', 'Pod', {
      metadata: { name, namespace: team.namespace, labels, ...owner(controller) },
      spec: { ...(template['spec'] as JsonObject), nodeName: `node-${1 + random.below(6)}` },
      status: {
        phase,
        conditions: [
          { type: 'Ready', status: ready },
          { type: 'PodScheduled', status: 'True' },
        ],
        hostIP: '192.0.2.10',
        podIP: `10.244.${random.below(6)}.${2 + random.below(250)}`,
        qosClass: 'Burstable',
      },
    }),
    random.below(12),
  );
}

function addAround(plot: Plot, app: string): void {
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

export const base64 = (text: string) => Buffer.from(text).toString('base64');

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
