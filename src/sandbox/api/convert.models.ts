import { type Json, type JsonObject, at, listAt, objectAt } from '../json.models.ts';
import { type Resource, apiVersionOf } from './resource.types.ts';

/** Names of Event fields: core/v1 on the left, events.k8s.io/v1 on the right. */
const eventFields: readonly (readonly [string, string])[] = [
  ['involvedObject', 'regarding'],
  ['message', 'note'],
  ['source', 'deprecatedSource'],
  ['firstTimestamp', 'deprecatedFirstTimestamp'],
  ['lastTimestamp', 'deprecatedLastTimestamp'],
  ['count', 'deprecatedCount'],
  ['reportingComponent', 'reportingController'],
];

/** From the version in which a built-in kind is kept to the one that was asked for. */
export function fromStorage(resource: Resource, object: JsonObject): JsonObject {
  if (apiVersionOf(resource) === resource.storedAs) return object;
  if (resource.kind === 'Event') return renamed(object, new Map(eventFields));
  return resource.kind === 'HorizontalPodAutoscaler' ? autoscalerToV1(object) : object;
}

/** The way back. */
export function toStorage(resource: Resource, object: JsonObject): JsonObject {
  if (apiVersionOf(resource) === resource.storedAs) return object;
  if (resource.kind === 'Event') {
    return renamed(object, new Map(eventFields.map(([core, events]) => [events, core])));
  }
  return resource.kind === 'HorizontalPodAutoscaler' ? autoscalerToV2(object) : object;
}

function renamed(object: JsonObject, names: ReadonlyMap<string, string>): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([field, value]) => [names.get(field) ?? field, value]),
  );
}

/** v1 knows one metric, the use of the processor. */
function autoscalerToV1(object: JsonObject): JsonObject {
  const { metrics: _metrics, behavior: _behavior, ...spec } = objectAt(object, 'spec');
  const target = listAt(object, 'spec', 'metrics')
    .filter((metric) => at(metric, 'resource', 'name') === 'cpu')
    .map((metric) => at(metric, 'resource', 'target', 'averageUtilization'))[0];
  return { ...object, spec: { ...spec, ...field('targetCPUUtilizationPercentage', target) } };
}

function autoscalerToV2(object: JsonObject): JsonObject {
  const { targetCPUUtilizationPercentage: target, ...spec } = objectAt(object, 'spec');
  const metrics = target === undefined ? [] : [cpuMetric(target)];
  return { ...object, spec: { ...spec, ...(metrics.length && { metrics }) } };
}

const cpuMetric = (averageUtilization: Json): Json => ({
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
});

const field = (name: string, value: Json | undefined): JsonObject =>
  value === undefined ? {} : { [name]: value };
