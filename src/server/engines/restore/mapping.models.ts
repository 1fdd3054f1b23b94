import { isObject, type Json } from '#shared/json/lossless.ts';
import type { ResourceName } from '../../kubernetes/client.types.ts';
import type { ObjectPath } from '../paths.models.ts';
import { type Body, fieldAt, listAt, textAt, withField } from './body.models.ts';

export type NamespaceMapping = Readonly<Record<string, string>>;

export const mapNamespace = (mapping: NamespaceMapping, namespace: string): string =>
  Object.hasOwn(mapping, namespace) ? (mapping[namespace] ?? namespace) : namespace;

/** Where an object of the backup goes. */
export function mapPlace(mapping: NamespaceMapping, at: ObjectPath): ObjectPath {
  if (at.resource === 'namespaces') return { ...at, name: mapNamespace(mapping, at.name) };
  if (at.namespace === null) return at;
  return { ...at, namespace: mapNamespace(mapping, at.namespace) };
}

const bindings: readonly ResourceName[] = [
  'rolebindings.rbac.authorization.k8s.io',
  'clusterrolebindings.rbac.authorization.k8s.io',
];

/**
 * The object with every namespace in it mapped that Kubernetes itself gives a meaning: its own, that of
 * a volume's claim, and those of subjects of bindings. Texts that only people and their programs read
 * (environment variables, addresses, contents of custom resources) stay.
 */
export function mapBody(mapping: NamespaceMapping, resource: ResourceName, body: Body): Body {
  if (Object.keys(mapping).length === 0) return body;
  if (resource === 'namespaces') return mapNamespaceObject(mapping, body);
  const moved = mapField(mapping, body, ['metadata', 'namespace']);
  if (resource === 'persistentvolumes')
    return mapField(mapping, moved, ['spec', 'claimRef', 'namespace']);
  if (!bindings.includes(resource)) return moved;
  const subjects = listAt(moved, ['subjects']);
  return subjects.length === 0
    ? moved
    : withField(
        moved,
        ['subjects'],
        subjects.map((subject) => mapSubject(mapping, subject)),
      );
}

const nameLabel = ['metadata', 'labels', 'kubernetes.io/metadata.name'] as const;

function mapNamespaceObject(mapping: NamespaceMapping, body: Body): Body {
  const renamed = mapField(mapping, body, ['metadata', 'name']);
  return mapField(mapping, renamed, nameLabel);
}

const mapSubject = (mapping: NamespaceMapping, subject: Json): Json =>
  isObject(subject) ? mapField(mapping, subject, ['namespace']) : subject;

function mapField(mapping: NamespaceMapping, body: Body, path: readonly string[]): Body {
  if (fieldAt(body, path) === undefined) return body;
  const from = textAt(body, path);
  const to = mapNamespace(mapping, from);
  return from === to ? body : withField(body, path, to);
}
