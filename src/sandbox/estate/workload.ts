import { type JsonObject, textAt } from '../json.models.ts';
import { addAround } from './around.ts';
import { type Manifest, object } from './estate.types.ts';
import { labelsOf, type Plot, tracking } from './plot.ts';

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
