import { namespaceOf, readStored, withMetadata } from '../api/manifest.models.ts';
import type { Resource } from '../api/resource.types.ts';
import { type JsonObject, textAt } from '../json.models.ts';
import { badRequest, forbidden, notFound } from '../status.errors.ts';
import { textOf } from '../store/stored.types.ts';
import type { Store } from '../store/store.ts';

export const namespaceNames = { group: '', plural: 'namespaces', kind: 'Namespace' };

/** The namespace of the path wins; a body that names another one is refused. */
export function placeIn(object: JsonObject, namespace: string): JsonObject {
  const own = namespaceOf(object);
  if (own && own !== namespace) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  return withMetadata(object, { namespace: namespace || undefined });
}

/** 404 without the namespace, 403 while it is being deleted. */
export function mustAccept(
  store: Store,
  resource: Resource,
  at: { namespace: string; name: string },
): void {
  if (!at.namespace) return;
  const stored = store.bucket('namespaces').get(at.namespace);
  if (!stored) throw notFound(namespaceNames, at.namespace);
  if (textAt(readStored(textOf(stored)), 'status', 'phase') !== 'Terminating') return;
  throw forbidden(resource, at.name, {
    message: `unable to create new content in namespace ${at.namespace} because it is being terminated`,
    causes: [
      {
        reason: 'NamespaceTerminating',
        message: `namespace ${at.namespace} is being terminated`,
        field: 'metadata.namespace',
      },
    ],
  });
}
