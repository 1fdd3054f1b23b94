import { type JsonObject, at, objectAt, textAt } from '../json.models.ts';

/** Deployments, StatefulSets, ReplicaSets, DaemonSets: one replica, nothing observed yet. */
export function workloadDefaults(object: JsonObject): JsonObject {
  const spec = objectAt(object, 'spec');
  return { ...object, spec: { replicas: 1, ...spec }, status: object['status'] ?? {} };
}

/** Labels and selector carry the Job's uid unless the caller brings a selector of its own. */
export function jobDefaults(object: JsonObject): JsonObject {
  const spec = { parallelism: 1, completions: 1, backoffLimit: 6, ...objectAt(object, 'spec') };
  const kept = { ...object, spec, status: {} };
  if (at(spec, 'manualSelector') === true) return kept;
  const uid = textAt(object, 'metadata', 'uid');
  const name = textAt(object, 'metadata', 'name');
  const labels = {
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  };
  return { ...kept, ...withJobLabels({ ...kept, spec }, labels) };
}

function withJobLabels(object: JsonObject, labels: JsonObject): JsonObject {
  const spec = objectAt(object, 'spec');
  const template = objectAt(spec, 'template');
  const templateMeta = objectAt(template, 'metadata');
  const metadata = objectAt(object, 'metadata');
  const uid = textAt(labels, 'batch.kubernetes.io/controller-uid');
  return {
    metadata: { ...metadata, labels: { ...objectAt(metadata, 'labels'), ...labels } },
    spec: {
      ...spec,
      selector: spec['selector'] ?? { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } },
      template: {
        ...template,
        metadata: { ...templateMeta, labels: { ...objectAt(templateMeta, 'labels'), ...labels } },
      },
      suspend: spec['suspend'] ?? false,
    },
  };
}
