import { type JsonObject, textAt } from '../json.models.ts';
import { base64, type Manifest, object } from './estate.types.ts';
import type { Plot } from './plot.ts';
import { addPod, owner, podTemplate } from './workload.ts';

/** A StatefulSet with its volumes. */
export function addDatabase(plot: Plot, name: string): void {
  const { add, team, random } = plot;
  const { namespace } = team;
  const template = podTemplate(plot, name);
  const replicas = 1 + random.below(3);
  const set = add(
    object('apps/v1', 'StatefulSet', {
      metadata: { name, namespace, labels: { app: name } },
      spec: {
        replicas,
        selector: { matchLabels: { app: name } },
        template,
        serviceName: name,
        volumeClaimTemplates: [
          {
            metadata: { name: 'data' },
            spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '20Gi' } } },
          },
        ],
      },
      status: { replicas, readyReplicas: replicas, currentReplicas: replicas, collisionCount: 0 },
    }),
  );
  add(
    object('v1', 'ConfigMap', {
      metadata: { name: `${name}-config`, namespace },
      data: { 'server.conf': 'max_connections = 200\n' },
    }),
  );
  add(
    object('v1', 'Secret', {
      metadata: { name: `${name}-credentials`, namespace },
      data: { password: base64(random.suffix(32)) },
      type: 'Opaque',
    }),
  );
  for (let revision = 1; revision <= 2; revision += 1)
    addRevision(plot, { set, template, revision });
  for (let index = 0; index < replicas; index += 1) {
    addPod(plot, { name: `${name}-${index}`, controller: set, template });
    addVolume(plot, `data-${name}-${index}`);
  }
}

type RevisionOf = { set: Manifest; template: JsonObject; revision: number };

/** What a StatefulSet rolls back to. */
function addRevision({ add, random, team }: Plot, { set, template, revision }: RevisionOf): void {
  const name = `${textAt(set, 'metadata', 'name')}-${random.suffix(10)}`;
  add(
    object('apps/v1', 'ControllerRevision', {
      metadata: { name, namespace: team.namespace, ...owner(set) },
      data: { spec: { template: { ...template, $patch: 'replace' } } },
      revision,
    }),
  );
}

function addVolume({ add, random, team }: Plot, claim: string): void {
  const { namespace } = team;
  const uid = random.uuid();
  const volume = `pvc-${uid}`;
  const shared = {
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'fast-ssd',
    volumeMode: 'Filesystem',
  };
  const bound = {
    'pv.kubernetes.io/bind-completed': 'yes',
    'pv.kubernetes.io/bound-by-controller': 'yes',
  };
  add(
    object('v1', 'PersistentVolumeClaim', {
      metadata: {
        name: claim,
        namespace,
        uid,
        annotations: bound,
        finalizers: ['kubernetes.io/pvc-protection'],
      },
      spec: { ...shared, resources: { requests: { storage: '20Gi' } }, volumeName: volume },
      status: { phase: 'Bound', accessModes: ['ReadWriteOnce'], capacity: { storage: '20Gi' } },
    }),
  );
  add(
    object('v1', 'PersistentVolume', {
      metadata: { name: volume, finalizers: ['kubernetes.io/pv-protection'] },
      spec: {
        ...shared,
        capacity: { storage: '20Gi' },
        csi: { driver: 'ebs.csi.example.com', volumeHandle: `vol-${random.suffix(17)}` },
        claimRef: { kind: 'PersistentVolumeClaim', namespace, name: claim, uid, apiVersion: 'v1' },
        persistentVolumeReclaimPolicy: 'Delete',
      },
      status: { phase: 'Bound' },
    }),
  );
}

/** A CronJob and the Jobs it has left, finished ones and one that failed. */
export function addCronJob(plot: Plot, name: string): void {
  const { add, team, random } = plot;
  const { namespace } = team;
  const pod = podTemplate(plot, name);
  const spec = {
    ...(pod['spec'] as JsonObject),
    restartPolicy: 'OnFailure',
    serviceAccountName: 'default',
  };
  const jobTemplate = {
    spec: { backoffLimit: 3, template: { metadata: { labels: { app: name } }, spec } },
  };
  const cronJob = add(
    object('batch/v1', 'CronJob', {
      metadata: { name, namespace, labels: { app: name } },
      spec: {
        schedule: `${random.below(60)} 2 * * *`,
        timeZone: 'Europe/Berlin',
        concurrencyPolicy: 'Forbid',
        suspend: false,
        jobTemplate,
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 1,
      },
      status: {},
    }),
  );
  for (let day = 0; day < 3; day += 1)
    addFinishedJob(plot, { name: `${name}-2938${day}120`, cronJob, jobTemplate });
}

type JobOf = { name: string; cronJob: Manifest; jobTemplate: { spec: JsonObject } };

function addFinishedJob({ add, random, team }: Plot, { name, cronJob, jobTemplate }: JobOf): void {
  const uid = random.uuid();
  const labels = {
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  };
  const condition = (type: string) => ({ type, status: 'True', reason: 'CompletionsReached' });
  add(
    object('batch/v1', 'Job', {
      metadata: { name, namespace: team.namespace, uid, labels, ...owner(cronJob) },
      spec: {
        parallelism: 1,
        completions: 1,
        ...jobTemplate.spec,
        selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } },
        suspend: false,
      },
      status: {
        conditions: [condition('SuccessCriteriaMet'), condition('Complete')],
        succeeded: 1,
        ready: 0,
      },
    }),
    3,
  );
}
