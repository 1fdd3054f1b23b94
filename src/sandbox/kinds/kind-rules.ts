import type { JsonObject } from '../json.models.ts';
import type { Cause } from '../status.errors.ts';
import type { World } from '../world.types.ts';
import { jobDefaults, workloadDefaults } from './workloads.models.ts';
import {
  immutableData,
  immutableField,
  immutableSecret,
  serviceAddresses,
  workloadSelector,
} from './immutable.models.ts';
import { completeDefinition } from './definitions.ts';
import { completeService, serviceAllocations } from './services.ts';

/** What a kind does beyond the general rules. `previous` is absent when the object is new. */
export type KindRules = {
  /** Fills in what the server itself adds. */
  complete?: (object: JsonObject, world: World) => JsonObject;
  refuse?: (object: JsonObject, previous: JsonObject | undefined, world: World) => Cause[];
};

const rules: Record<string, KindRules> = {
  services: { complete: completeService, refuse: serviceRules },
  configmaps: { refuse: (next, previous) => immutableData(next, previous) },
  secrets: {
    complete: completeSecret,
    refuse: (next, previous) => immutableSecret(next, previous),
  },
  persistentvolumeclaims: {
    complete: (object) => ({
      ...addFinalizer(object, 'kubernetes.io/pvc-protection'),
      spec: { volumeMode: 'Filesystem', ...spec(object) },
      status: { phase: 'Pending' },
    }),
    refuse: (next, previous) => immutableField(next, previous, claimSpec),
  },
  persistentvolumes: {
    complete: (object) => ({
      ...addFinalizer(object, 'kubernetes.io/pv-protection'),
      spec: { persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem', ...spec(object) },
      status: { phase: 'Pending' },
    }),
  },
  namespaces: { complete: completeNamespace },
  'customresourcedefinitions.apiextensions.k8s.io': { complete: completeDefinition },
  pods: {
    complete: (object) => ({ ...object, status: { phase: 'Pending', qosClass: 'BestEffort' } }),
  },
  'jobs.batch': {
    complete: jobDefaults,
    refuse: (next, previous) => immutableField(next, previous, jobSelector),
  },
  'deployments.apps': { complete: workloadDefaults, refuse: workloadSelector },
  'replicasets.apps': { complete: workloadDefaults, refuse: workloadSelector },
  'statefulsets.apps': { complete: workloadDefaults, refuse: workloadSelector },
  'daemonsets.apps': { complete: workloadDefaults, refuse: workloadSelector },
  'storageclasses.storage.k8s.io': {
    complete: (object) => ({
      reclaimPolicy: 'Delete',
      volumeBindingMode: 'Immediate',
      ...object,
    }),
  },
};

export const rulesOf = (bucket: string): KindRules => rules[bucket] ?? {};

const claimSpec = {
  path: ['spec'],
  except: ['resources', 'volumeAttributesClassName', 'volumeName'],
  why: 'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims',
  forbidden: true,
};

const jobSelector = { path: ['spec', 'selector'], except: [], why: 'field is immutable' };

function serviceRules(next: JsonObject, previous: JsonObject | undefined, world: World): Cause[] {
  return [...serviceAddresses(next, previous), ...serviceAllocations(next, previous, world)];
}

function spec(object: JsonObject): JsonObject {
  const found = object['spec'];
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? found : {};
}

function addFinalizer(object: JsonObject, finalizer: string): JsonObject {
  const metadata = object['metadata'] as JsonObject;
  const given = Array.isArray(metadata['finalizers']) ? metadata['finalizers'] : [];
  if (given.includes(finalizer)) return object;
  return { ...object, metadata: { ...metadata, finalizers: [...given, finalizer] } };
}

function completeSecret(object: JsonObject): JsonObject {
  const { stringData, ...rest } = object;
  const type = object['type'] ?? 'Opaque';
  if (typeof stringData !== 'object' || stringData === null) return { ...rest, type };
  const encoded = Object.entries(stringData).map(([key, text]) => [
    key,
    Buffer.from(typeof text === 'string' ? text : '').toString('base64'),
  ]);
  return {
    ...rest,
    data: { ...(rest['data'] as JsonObject), ...Object.fromEntries(encoded) },
    type,
  };
}

function completeNamespace(object: JsonObject): JsonObject {
  const metadata = object['metadata'] as JsonObject;
  const labels = {
    ...(metadata['labels'] as JsonObject | undefined),
    'kubernetes.io/metadata.name': metadata['name'] ?? '',
  };
  const given = spec(object)['finalizers'];
  const finalizers = Array.isArray(given) ? given : [];
  return {
    ...object,
    metadata: { ...metadata, labels },
    spec: {
      finalizers: finalizers.includes('kubernetes') ? finalizers : ['kubernetes', ...finalizers],
    },
    status: { phase: 'Active' },
  };
}
