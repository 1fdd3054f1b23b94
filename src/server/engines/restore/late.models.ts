import type { JsonObject } from '#shared/json/lossless.ts';
import type { ResourceName } from '../../kubernetes/client.types.ts';
import {
  annotationsOf,
  type Body,
  fieldAt,
  labelsOf,
  withField,
  withoutFields,
} from './body.models.ts';

export type Split = {
  /** What is written in the object's own step. */
  early: Body;
  /** A merge patch for the end; null when nothing is left for it. */
  late: JsonObject | null;
};

const podSecurity = 'pod-security.kubernetes.io/';
const defaultClass: Readonly<Record<ResourceName, string>> = {
  'storageclasses.storage.k8s.io': 'storageclass.kubernetes.io/is-default-class',
  'ingressclasses.networking.k8s.io': 'ingressclass.kubernetes.io/is-default-class',
};

/**
 * Splits off what could refuse or change the objects that are restored afterwards: pod-security labels
 * of a namespace, and being the default class. Objects may be older than such a rule and must come
 * back as they were.
 */
export function splitLate(resource: ResourceName, body: Body): Split {
  if (resource === 'namespaces') {
    const names = Object.keys(labelsOf(body)).filter((label) => label.startsWith(podSecurity));
    return split(body, 'labels', names);
  }
  const mark = defaultClass[resource];
  if (mark !== undefined)
    return split(body, 'annotations', mark in annotationsOf(body) ? [mark] : []);
  if (resource === 'priorityclasses.scheduling.k8s.io' && fieldAt(body, ['globalDefault']) === true)
    return { early: withField(body, ['globalDefault'], false), late: { globalDefault: true } };
  return { early: body, late: null };
}

function split(body: Body, field: 'labels' | 'annotations', names: readonly string[]): Split {
  if (names.length === 0) return { early: body, late: null };
  const held = field === 'labels' ? labelsOf(body) : annotationsOf(body);
  const late = Object.fromEntries(names.map((name) => [name, held[name] ?? '']));
  return {
    early: withoutFields(
      body,
      names.map((name) => ['metadata', field, name]),
    ),
    late: { metadata: { [field]: late } },
  };
}
